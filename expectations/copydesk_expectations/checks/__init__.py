"""The checks, one file each. To add one, write its file and name it here."""

from __future__ import annotations

from copydesk.checks import Check
from copydesk_expectations.checks.collection.conflicting_id import ConflictingId
from copydesk_expectations.checks.collection.conflicting_label import ConflictingLabel
from copydesk_expectations.checks.collection.duplicate_article import DuplicateArticle
from copydesk_expectations.checks.collection.duplicate_url import DuplicateUrl
from copydesk_expectations.checks.collection.equal_length_body import EqualLengthBody
from copydesk_expectations.checks.collection.near_duplicate_article import NearDuplicateArticle
from copydesk_expectations.checks.collection.publication_gaps import PublicationGaps
from copydesk_expectations.checks.collection.publisher_skew import PublisherSkew
from copydesk_expectations.checks.collection.shared_headline import SharedHeadline
from copydesk_expectations.checks.metadata.byline_junk import BylineJunk
from copydesk_expectations.checks.metadata.date_implausible import DateImplausible
from copydesk_expectations.checks.metadata.headline_malformed import HeadlineMalformed
from copydesk_expectations.checks.metadata.headline_missing import HeadlineMissing
from copydesk_expectations.checks.metadata.headline_placeholder import HeadlinePlaceholder
from copydesk_expectations.checks.metadata.headline_site_suffix import HeadlineSiteSuffix
from copydesk_expectations.checks.metadata.url_unusable import UrlUnusable
from copydesk_expectations.checks.privacy.private_data import PrivateData
from copydesk_expectations.checks.residue.ad_residue import AdResidue
from copydesk_expectations.checks.residue.caption_credit import CaptionCredit
from copydesk_expectations.checks.residue.consent_notice import ConsentNotice
from copydesk_expectations.checks.residue.empty_label import EmptyLabel
from copydesk_expectations.checks.residue.page_furniture import PageFurniture
from copydesk_expectations.checks.residue.promo_residue import PromoResidue
from copydesk_expectations.checks.residue.publisher_boilerplate import PublisherBoilerplate
from copydesk_expectations.checks.residue.related_links import RelatedLinks
from copydesk_expectations.checks.residue.share_bar import ShareBar
from copydesk_expectations.checks.structure.liveblog import Liveblog
from copydesk_expectations.checks.structure.mid_sentence_break import MidSentenceBreak
from copydesk_expectations.checks.structure.repeated_headline import RepeatedHeadline
from copydesk_expectations.checks.structure.repeated_paragraph import RepeatedParagraph
from copydesk_expectations.checks.structure.truncated_body import TruncatedBody
from copydesk_expectations.checks.text.body_length import BodyLength
from copydesk_expectations.checks.text.body_missing import BodyMissing
from copydesk_expectations.checks.text.boilerplate_page import BoilerplatePage
from copydesk_expectations.checks.text.glued_words import GluedWords
from copydesk_expectations.checks.text.html_leftover import HtmlLeftover
from copydesk_expectations.checks.text.language_mismatch import LanguageMismatch
from copydesk_expectations.checks.text.mojibake import Mojibake
from copydesk_expectations.checks.text.preparation_leftover import PreparationLeftover
from copydesk_expectations.checks.text.unreadable_row import UnreadableRow

__all__ = ["CHECKS"]

#: In the order of `copydesk list`: reading, then text, structure, residue, metadata, privacy, collection.
CHECKS: tuple[type[Check], ...] = (
    UnreadableRow,
    BodyMissing,
    BodyLength,
    Mojibake,
    HtmlLeftover,
    PreparationLeftover,
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
    HeadlineMalformed,
    BylineJunk,
    DateImplausible,
    UrlUnusable,
    PrivateData,
    DuplicateArticle,
    NearDuplicateArticle,
    DuplicateUrl,
    SharedHeadline,
    ConflictingId,
    ConflictingLabel,
    EqualLengthBody,
    PublisherSkew,
    PublicationGaps,
)
