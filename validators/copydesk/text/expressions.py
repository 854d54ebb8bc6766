"""Expressions on columns of text, from which checks are made. No function here loops over articles."""

from __future__ import annotations

from functools import reduce

from copydesk.lazy import pl

__all__ = [
    "CLOSERS",
    "ENDINGS",
    "LINE_BREAKS",
    "UNSPACED",
    "UNSPACED_LANGUAGES",
    "UNSPACED_RANGES",
    "WHITE",
    "any_of",
    "ends_sentence",
    "folded",
    "normalised",
    "squeezed",
    "starts_lower",
    "word_count",
]

#: Marks that end a sentence: Latin, Greek (; and ·), Arabic and Urdu, Devanagari, Armenian, Ethiopic, Khmer, CJK.
ENDINGS = ".!?…。！？．؟۔।॥։።៖｡‼⁇⁈⁉;·"

#: What may follow such a mark within the sentence: closing quotes and brackets, footnote asterisks.
CLOSERS = "\"'”’»›«‹“‘„)]}」』】）》〉＂＊*"

#: Every character that breaks a line, one for one: \r, VT, FF, NEL, LS and PS beside \n (Unicode UAX 14, class BK).
LINE_BREAKS = r"[\r\x0b\x0c\x{85}\x{2028}\x{2029}]"

#: White space as Unicode has it, for patterns.
WHITE = r"\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"

_EDGES = r"^[^\p{L}\p{N}]+|[^\p{L}\p{N}\p{M}]+$"
#: Apostrophes of all kinds, the dot that lower-casing the Turkish İ leaves, and characters that are not seen.
_SAME = {"’": "'", "‘": "'", "ʼ": "'", "i\u0307": "i"} | dict.fromkeys(
    "\u00ad\u0640\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufeff",
    "",
)
#: A character of a script that has no spaces between words.
UNSPACED = r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]"
#: Most of these characters as ranges, for Python's `re`, which knows no scripts.
UNSPACED_RANGES = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff"
#: The languages that are written in these scripts (ISO 639).
UNSPACED_LANGUAGES = ("zh", "ja", "th", "lo", "km", "my")


def folded(text: pl.Expr) -> pl.Expr:
    """Return the line so that all spellings that a lexicon takes as equal are equal; marks at its edges stay.

    NFKC, lower case, one kind of apostrophe, no invisible characters (zero-width, soft hyphen, tatweel, direction
    marks), white space as one space, and one form of the space around a colon.
    """
    same = text.str.normalize("NFKC").str.to_lowercase().str.replace_many(_SAME)
    return same.str.replace_all(r"\s+", " ").str.replace_all(" ?: ?", ": ")


def normalised(text: pl.Expr) -> pl.Expr:
    """Return the line as a lexicon compares it: `folded`, without what is no letter or digit at its edges.

    So ``READ MORE »``, ``Read more:`` and ``read  more`` are the same.

    >>> pl.select(normalised(pl.lit("– READ  MORE: »"))).item()
    'read more'
    """
    return folded(text).str.replace_all(_EDGES, "")


def squeezed(text: pl.Expr) -> pl.Expr:
    """Return the text in upper case without white space, to find repeats whatever their case and spacing.

    In upper case ß and ss are the same, and so are the two small sigmas; in lower case they are not.

    >>> pl.select(squeezed(pl.lit("The  Mayor\\u00a0said"))).item()
    'THEMAYORSAID'
    """
    return text.str.replace_all(r"\s+", "").str.to_uppercase()


def ends_sentence(text: pl.Expr) -> pl.Expr:
    """Say whether the text ends as a sentence does: a mark of ENDINGS, then perhaps CLOSERS.

    >>> pl.select(ends_sentence(pl.Series(["It rained.”", "It rained", "下雨了。"]))).to_series().to_list()
    [True, False, True]
    """
    tail = text.str.strip_chars_end(CLOSERS + " \t\u00a0\u200b\u200e\u200f").str.tail(1)
    return tail.is_in(list(ENDINGS))


def starts_lower(text: pl.Expr) -> pl.Expr:
    """Say whether the first character is a lower-case letter."""
    return text.str.head(1).str.contains(r"^\p{Ll}")


def word_count(text: pl.Expr) -> pl.Expr:
    """Count words: runs between white space, and where a script has no spaces, a word for every two characters.

    Two characters are about the mean length of a Chinese word in newspapers (Lancaster Corpus of Mandarin Chinese:
    about 1.6 to 1.8). The count is used for lengths only.

    >>> pl.select(word_count(pl.Series(["It rained all day", "今天下雨了吗"]))).to_series().to_list()
    [4, 3]
    """
    spaced = text.str.count_matches(r"\S+")
    unspaced = text.str.count_matches(UNSPACED)
    return (spaced + unspaced // 2 - (unspaced > 0).cast(pl.UInt32)).cast(pl.Int64).clip(0)


def any_of(conditions: list[pl.Expr]) -> pl.Expr:
    """Join conditions with "or"; false where there are none."""
    return reduce(lambda left, right: left | right, conditions, pl.lit(False))
