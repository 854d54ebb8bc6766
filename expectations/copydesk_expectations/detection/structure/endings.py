"""How a text ends in the middle: predicates over the last line of a story, each an expression of polars.

A line is a row with `text`, `words`, `chars` and `ends` (see `copydesk.text.paragraphs.paragraphs_of`); `language` (two
letters, null if unknown); `tail`, what stands behind its last whole sentence, and `tail_words`; `inside` (there is a
whole sentence before the tail); `above` (the line above is a sentence of the story that ends); `phrase` (the tail is a
phrase of a lexicon); `begun_word` (see `is_begun_word` and `is_first_of_pair`); `lines`, how many lines its article
has; and `dots` (another line of the article has an ellipsis).
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from copydesk.lazy import pl
from copydesk.lexicon.lexicon import load
from copydesk_expectations.detection.structure.signatures import is_signed

if TYPE_CHECKING:
    from polars import Expr

__all__ = ["breaks_off", "is_begun_word", "is_cut_mark", "is_excerpt_end", "is_first_of_pair", "tail_of"]

#: A line of so many words is prose.
PROSE_WORDS = 6

#: A line that signs a story is shorter: fewer words that break off must end in a word that needs another one.
SIGNATURE_WORDS = 4

#: A paragraph of so many words is one of the story, and no label, title or credit.
STORY_WORDS = 15

#: A prompt behind a sentence ('Read more', 'Join us') has fewer words.
PROMPT_WORDS = 5

#: A line in a script without spaces is prose from so many characters on.
UNSPACED_CHARS = 15

#: A feed's excerpt has at most so many lines.
EXCERPT_LINES = 2

#: The rest of a word that was cut has at least so many letters; fewer may be an inflection ('bridge', 'bridges').
REST_OF_WORD = 3

#: An ellipsis in brackets, or a counter of what is missing behind one: '… [+2137 chars]', '... (312 more words)'.
_CUT_MARK = (
    r"(?:[\[(（【]\s?(?:…+|\.\.\.+|&hellip;)\s?[\])）】]"
    r"|(?:…|\.\.\.)\s*[\[(（【<{][^\[\](){}（）【】<>]{0,12}\d[^\[\](){}（）【】<>]{0,30}[\])）】>}])[\"”»]?$"
)

#: What a blog quotes of another one begins in such a mark, too.
_PINGBACK = r"^[\[(]\s?(?:…|\.\.\.)"

#: An ellipsis without brackets. Writers end so, too ('Time will tell...'): it needs more evidence.
_ELLIPSIS = r"\s?(?:…+|\.{3,4})$"

_UNSPACED = r"[\p{Han}\p{Hiragana}\p{Katakana}、，]$"
_TAIL = r"(?:^|[.!?…。！？।؟۔][\"'”’»)\]]*\s+)([^.!?…。！？।؟۔]*)$"

#: A few words behind a question or a cry are a prompt: 'No account yet? Join us'.
_BEHIND_QUESTION = r"[!?！？؟][\"'”’»)\]]*\s+[^.!?…。！？।؟۔]*$"

#: A quotation or bracket that opens at the start of a word, with a second word, and does not close again.
_OPENED = r"(?:(?:^|[\s(])[“„«(]\p{L}[^”“»«\")]*\s[^”“»«\")]+|[「『“（《][^」』”）》]{4,})$"

#: Two words belong together where they stand so often in a text, and the first nowhere without the second.
FIXED_PAIR = 2

#: What no sentence ends with in Chinese and Japanese, where no space says where the last word begins.
_UNSPACED_OPEN = r"(?:[、，和与與及或把被将將该該はをがや]|因为|因為|または|および|という|について|による|として)$"

#: Languages whose sentences may end in verbs that are among their most frequent words ("было").
_VERB_LAST = ("hi", "fa", "ko", "ja", "tr", "zh", "ru", "uk")


def tail_of(text: Expr) -> Expr:
    """Return what stands behind the last whole sentence of a line, or all of it."""
    return text.str.extract(_TAIL).fill_null(text)


def is_cut_mark() -> Expr:
    """Return whether prose ends in a mark that only a cut has: an ellipsis in brackets, or a counter behind one."""
    return pl.col("text").str.contains(_CUT_MARK) & _is_prose() & ~pl.col("text").str.contains(_PINGBACK)


@cache
def is_excerpt_end(lexicons: tuple[str, ...]) -> Expr:
    """Return whether prose ends in an ellipsis that is the mark of a cut.

    It is where the word before it needs another one, or where the whole body is a feed's excerpt. An article in which
    other lines have an ellipsis is written, or listed, that way.
    """
    before = pl.col("text").str.replace(_ELLIPSIS, "")
    word = before.str.extract(r"(\S+)$")
    verb_last = pl.col("language").is_in(_VERB_LAST).fill_null(value=True)
    function_word = (pl.col("words") >= STORY_WORDS) & ~verb_last & _is_among(word, "function-words", lexicons)
    must_go_on = needs_another_word(word, lexicons) | function_word
    excerpt = (pl.col("lines") <= EXCERPT_LINES) & (pl.col("words") >= STORY_WORDS)
    marked = pl.col("text").str.contains(_ELLIPSIS) & _is_prose() & ~pl.col("dots").fill_null(value=True)
    return marked & (must_go_on | excerpt) & (pl.col("above") | (pl.col("lines") == 1))


@cache
def breaks_off(lexicons: tuple[str, ...]) -> Expr:
    """Return whether a line without a mark breaks off: its last words cannot be the last of a sentence.

    A forgotten full stop is as common as a cut, so a tail that may be a whole sentence is none.

    Args:
        lexicons: files with further words that cannot end a sentence.
    """
    goes_on = must_go_on(lexicons) | is_left_open() | is_open_unspaced() | ends_in_function_word(lexicons)
    return is_open_line() & (goes_on | pl.col("begun_word"))


def is_open_line() -> Expr:
    """Return whether a line of the story lacks an end and is no signature."""
    question = pl.col("inside") & pl.col("text").str.contains(_BEHIND_QUESTION) & (pl.col("tail_words") < STORY_WORDS)
    of_story = pl.col("above") | (pl.col("inside") & (pl.col("words") >= STORY_WORDS))
    return ~pl.col("ends") & ~is_signed() & of_story & ~_is_in_capitals() & ~pl.col("phrase") & ~question


def must_go_on(lexicons: tuple[str, ...]) -> Expr:
    """Return whether the last word must be followed by another one, or a comma is the last mark of a long line."""
    comma = pl.col("tail").str.contains(r"\p{L}[,،]$") & (pl.col("words") >= PROSE_WORDS)
    return ((pl.col("words") >= SIGNATURE_WORDS) & needs_another_word(_last_word(), lexicons)) | comma


def is_left_open() -> Expr:
    """Return whether a quotation or a bracket opens and does not close."""
    return pl.col("tail").str.contains(_OPENED) & _is_prose()


def is_open_unspaced() -> Expr:
    """Return whether a long line of Chinese or Japanese ends in a word that needs another one."""
    return pl.col("text").str.contains(_UNSPACED_OPEN) & (pl.col("chars") >= 2 * UNSPACED_CHARS)


def ends_in_function_word(lexicons: tuple[str, ...]) -> Expr:
    """Return whether prose of the story ends in a word such as 'was'."""
    verb_last = pl.col("language").is_in(_VERB_LAST).fill_null(value=True)
    long = (pl.col("words") >= PROSE_WORDS) & (pl.col("tail_words") >= PROMPT_WORDS)
    return long & ~verb_last & _is_among(_last_word(), "function-words", lexicons)


def needs_another_word(word: Expr, lexicons: tuple[str, ...]) -> Expr:
    """Return whether no sentence of the article's language ends with a word; of any language where it is unknown."""
    return _is_among(word.str.to_lowercase(), "open-ended", lexicons)


def is_begun_word(word: str, words: frozenset[str]) -> bool:
    """Return whether a word is the first part of another one of a text, and none itself: 'sch' beside 'schools'.

    Args:
        word: the last word of a line.
        words: all other words of the text.
    """
    if len(word) < 2 or not word.isalpha() or word in words:
        return False
    return any(other.startswith(word) and len(other) >= len(word) + REST_OF_WORD for other in words)


def is_first_of_pair(word: str, text: str) -> bool:
    """Return whether a word is the first of a fixed pair: 'Prime', where above stands 'Prime Minister' and no other.

    Args:
        word: the last word of a line.
        text: all that stands before it.
    """
    if len(word) < 2 or not word.isalpha():
        return False
    followers = [match[1] for match in re.finditer(rf"(?<!\w){word}(?!\w)(?:[^\S\n]+(\w+))?", text)]
    return len(followers) >= FIXED_PAIR and None not in followers and len({f.lower() for f in followers}) == 1


def _is_prose() -> Expr:
    unspaced = pl.col("text").str.contains(r"[\p{Han}\p{Hiragana}\p{Katakana}]") & (pl.col("chars") >= UNSPACED_CHARS)
    return (pl.col("words") >= PROSE_WORDS) | unspaced


def _is_in_capitals() -> Expr:
    """Return whether each longer word begins with a capital, as names and titles do."""
    return ~pl.col("text").str.contains(r"(?:^|\s)\p{P}*(?:\p{Ll}\S{3}|\p{Lo})")


def _last_word() -> Expr:
    return pl.col("tail").str.extract(r"(\S+)$").str.to_lowercase()


def _is_among(word: Expr, kind: str, lexicons: tuple[str, ...]) -> Expr:
    """Return whether a word is one of a kind in the article's language, or in any where that is not known."""
    words = load(lexicons).words(kind)
    known = pl.concat_str(pl.col("language"), pl.lit(" "), word)
    mine = pl.Series([f"{language} {one}" for language, some in words.items() for one in some]).implode()
    every = pl.Series([one for some in words.values() for one in some]).implode()
    unknown = ~pl.col("language").is_in(list(words)).fill_null(value=False)
    return (known.is_in(mine) | (unknown & word.is_in(every))).fill_null(value=False)
