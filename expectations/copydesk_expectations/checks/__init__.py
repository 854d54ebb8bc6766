"""The checks, one file each. To add one, write its file and name it here."""

from __future__ import annotations

from copydesk.checks import Check
from copydesk_expectations.checks.ad_residue import AdResidue
from copydesk_expectations.checks.body_length import BodyLength
from copydesk_expectations.checks.body_missing import BodyMissing
from copydesk_expectations.checks.boilerplate_page import BoilerplatePage
from copydesk_expectations.checks.byline_junk import BylineJunk
from copydesk_expectations.checks.caption_credit import CaptionCredit
from copydesk_expectations.checks.consent_notice import ConsentNotice
from copydesk_expectations.checks.date_implausible import DateImplausible
from copydesk_expectations.checks.duplicate_article import DuplicateArticle
from copydesk_expectations.checks.duplicate_url import DuplicateUrl
from copydesk_expectations.checks.empty_label import EmptyLabel
from copydesk_expectations.checks.glued_words import GluedWords
from copydesk_expectations.checks.headline_missing import HeadlineMissing
from copydesk_expectations.checks.headline_placeholder import HeadlinePlaceholder
from copydesk_expectations.checks.headline_site_suffix import HeadlineSiteSuffix
from copydesk_expectations.checks.html_leftover import HtmlLeftover
from copydesk_expectations.checks.language_mismatch import LanguageMismatch
from copydesk_expectations.checks.liveblog import Liveblog
from copydesk_expectations.checks.mid_sentence_break import MidSentenceBreak
from copydesk_expectations.checks.mojibake import Mojibake
from copydesk_expectations.checks.near_duplicate_article import NearDuplicateArticle
from copydesk_expectations.checks.page_furniture import PageFurniture
from copydesk_expectations.checks.promo_residue import PromoResidue
from copydesk_expectations.checks.publication_gaps import PublicationGaps
from copydesk_expectations.checks.publisher_boilerplate import PublisherBoilerplate
from copydesk_expectations.checks.publisher_skew import PublisherSkew
from copydesk_expectations.checks.related_links import RelatedLinks
from copydesk_expectations.checks.repeated_headline import RepeatedHeadline
from copydesk_expectations.checks.repeated_paragraph import RepeatedParagraph
from copydesk_expectations.checks.share_bar import ShareBar
from copydesk_expectations.checks.truncated_body import TruncatedBody
from copydesk_expectations.checks.unreadable_row import UnreadableRow

__all__ = ["CHECKS"]

#: In the order of `copydesk list`: reading, then text, structure, residue, metadata, collection.
CHECKS: tuple[type[Check], ...] = (
    UnreadableRow,
    BodyMissing,
    BodyLength,
    Mojibake,
    HtmlLeftover,
    GluedWords,
    LanguageMismatch,
    BoilerplatePage,
    RepeatedParagraph,
    MidSentenceBreak,
    TruncatedBody,
    RepeatedHeadline,
    Liveblog,
    AdResidue,
    PromoResidue,
    RelatedLinks,
    ShareBar,
    CaptionCredit,
    ConsentNotice,
    EmptyLabel,
    PageFurniture,
    PublisherBoilerplate,
    HeadlineMissing,
    HeadlinePlaceholder,
    HeadlineSiteSuffix,
    BylineJunk,
    DateImplausible,
    DuplicateArticle,
    NearDuplicateArticle,
    DuplicateUrl,
    PublisherSkew,
    PublicationGaps,
)
