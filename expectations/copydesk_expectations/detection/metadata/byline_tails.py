"""What stands behind the name in a byline and is no part of it, though no comma parts them.

A date or a time ('Maren Tolliver 14 March 2026'), a role or a control that was glued to the name ('Maren
TolliverSenior Reporter'), and whatever stands behind marks that nobody sees.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from copydesk.checks.batch import SHORT_LINE
from copydesk.lazy import pl
from copydesk.metadata.date_words import month_numbers, timely_words
from copydesk.metadata.publishers import is_own_name
from copydesk.text.expressions import normalised
from copydesk_expectations.detection.metadata.bylines import is_agency, is_control, is_date, is_time

if TYPE_CHECKING:
    from polars import DataFrame, Expr, Series

    from copydesk.checks.batch import Batch
    from copydesk.lexicon.lexicon import Lexicon

__all__ = ["SEAM", "are_glued_names", "own_tails", "tails_of"]

#: Marks of no width that no script needs between letters: zero width space, word joiner, byte order mark.
_INVISIBLE = "[\u200b\u2060\ufeff]"
_BEHIND_INVISIBLE = re.compile(
    rf"(?<=\w)[ .,]*((?<=\s){_INVISIBLE}+|{_INVISIBLE}+(?=\s)|{_INVISIBLE}{{2,}})\s*(?=[^\s\u200b\u2060\ufeff])"
)

#: Where a small letter meets a capital. Names have that, too (McDonald, LeBlanc), so that more must speak for a seam.
SEAM = r"\p{Ll}\p{Lu}"

#: First parts of names that are written so.
_PREFIXES = "Fitz|Vander|Vande|Mary|Anna|Anne|Jean|Saint|Della|Dela"

#: Names that run together: 'Maren TolliverJoss Abernathy'. Each word between the first and the last has a seam.
_WORD = r"\p{Lu}[\p{Ll}\p{M}'’-]+"
_INITIALS = r"(?:\s+\p{Lu}\.)*"
_GLUED = rf"^(?:[Bb]y\s+)?{_WORD}{_INITIALS}(?:\s+{_WORD}[\p{{Ll}}\p{{M}}]{{2}}{_WORD}{_INITIALS})+\s+{_WORD}$"
_PREFIXED = rf"\s(?:{_PREFIXES})\p{{Lu}}"

#: The last part of a byline, and words for the medium behind a publisher's name.
_PARTED = r"\p{L}.*[,|]\s*([^,|]+?)\s*$"
_MEDIUM = r"(?i)\s+(?:tv|radio|media|newspapers?|newsroom|staff)$"

#: A longer tail, in characters, is no date and no role: the longest line that the lexicons compare.
_LONGEST = SHORT_LINE

_TOKEN = re.compile(r"\S+")
_FIRST_WORDS = frozenset(("vor", "hace", "il", "há", "for", "för", "πριν", "před", "منذ", "an", "one", "few"))


def are_glued_names() -> Expr:
    """Return whether an author is several names that run together."""
    text = pl.col("text")
    return text.str.contains(SEAM) & text.str.contains(_GLUED) & ~text.str.contains(_PREFIXED)


def own_tails(articles: DataFrame, batch: Batch) -> DataFrame:
    """Return the publisher's own name where it stands behind a comma or a bar as the last part of a byline.

    The name may have a word for the medium behind it ('Harbour Gazette TV'). The names of agencies are no tails.

    Args:
        articles: `article` and `byline`.
        batch: the articles.

    Returns:
        `article`, `byline`, `start` and `end` (characters), `reason`.
    """
    byline = pl.col("byline")
    parted = articles.filter(byline.str.contains(_PARTED).fill_null(False))
    last = parted.select(byline.str.extract(_PARTED)).to_series()
    is_own = is_own_name(last.str.replace(_MEDIUM, ""), parted["article"], batch)
    end = byline.str.strip_chars_end().str.len_chars().cast(pl.Int64)
    owned = parted.with_columns(last=last).filter(is_own, ~is_agency(normalised(pl.col("last"))))
    return owned.select(
        "article",
        "byline",
        start=end - pl.col("last").str.len_chars().cast(pl.Int64),
        end=end,
        reason=pl.lit("the publisher's name, not an author's"),
    )


def tails_of(bylines: Series, lexicon: Lexicon, kind: str) -> DataFrame:
    """Return what stands behind names and is no part of them, at most one tail of each byline.

    Args:
        bylines: distinct bylines.
        lexicon: the lexicon with the phrases that name nobody.
        kind: the kind of these phrases.

    Returns:
        A row a tail: `byline`, `text`, `start` and `end` (characters), `reason`.
    """
    found = [(byline, *tail) for byline in bylines.drop_nulls() for tail in _possible_tails(byline)]
    schema = {"byline": pl.String, "start": pl.Int64, "text": pl.String, "how": pl.String}
    frame = pl.DataFrame(found, schema=schema, orient="row")
    how, role = pl.col("how"), is_control() | lexicon.is_phrase(normalised(pl.col("text")), kind)
    reasons = (
        (how == "invisible", "stands behind marks that nobody sees, and is no part of the name"),
        (pl.col("date"), "a date, not a name"),
        (is_time(), "a time, not a name"),
        ((how == "seam") & role, "is glued to the name, and no part of it"),
    )
    reason = pl.coalesce(pl.when(is_it).then(pl.lit(why)) for is_it, why in reasons)
    judged = frame.with_columns(date=is_date(frame["text"], in_words=True)).with_columns(reason=reason)
    first = judged.filter(pl.col("reason").is_not_null()).sort("byline", "start", maintain_order=True)
    first = first.unique("byline", keep="first", maintain_order=True)
    return first.select(
        "byline", "text", "start", end=pl.col("start") + pl.col("text").str.len_chars(), reason="reason"
    )


def _possible_tails(byline: str) -> list[tuple[int, str, str]]:
    """Return where tails may begin, each with its words, and with what speaks for it."""
    end = len(byline.rstrip())
    tails = []
    if match := _BEHIND_INVISIBLE.search(byline):
        tails.append((match.start(1), byline[match.start(1) : end], "invisible"))
    least = max(1, end - _LONGEST)
    tokens = list(_TOKEN.finditer(byline))
    letter = next((at for at, c in enumerate(byline) if c.isalpha()), end)
    for place, token in enumerate(tokens[1:], 1):
        if token.start() < least or token.start() <= letter:
            continue
        following = tokens[place + 1][0] if place + 1 < len(tokens) else ""
        if _begins_date(token[0], following):
            tails.append((token.start(), byline[token.start() : end], "date"))
    seams = (at for at in range(least, end) if byline[at].isupper() and byline[at - 1].islower())
    return tails + [(at, byline[at:end], "seam") for at in seams]


def _begins_date(word: str, following: str) -> bool:
    """Return whether a word can begin a date or a time: a figure, or a month or a weekday before one."""
    if word[0].isdecimal():
        return True
    name = word.strip(".,:()").lower()
    if name in _FIRST_WORDS:
        return True
    # A name may be that of a month in some language: 'Di Marco, 14 March'. A comma stands behind a weekday only.
    month = name in month_numbers() and not word.endswith(",")
    return (month or name in timely_words()) and (
        following[:1].isdecimal() or following.strip(".,").lower() in month_numbers()
    )
