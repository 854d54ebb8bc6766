"""The language of a text, by its script and its most frequent words. Where that is not sure, there is no answer."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from copydesk.lazy import np, pl
from copydesk.lexicon.lexicon import load
from copydesk.metadata.language_names import code_named
from copydesk.native.functions import CodeTable, fill_table, find_frequent_words, hash_words
from copydesk.text.buffer import Text
from copydesk.text.distinct import Distinct
from copydesk.text.expressions import WHITE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from copydesk.text.buffer import Places

__all__ = ["CHARS", "WORDS", "identify", "is_in_language", "known_languages", "language_codes"]

#: How many words are looked at: enough to tell apart languages that share words (Danish, Norwegian; Czech, Slovak).
WORDS = 60

#: How many characters are looked at: they hold that many words in nearly all languages.
CHARS = 500

#: A text with fewer words is not identified.
_FEWEST = 15

#: The least share of the words that a language must have, and how many times as many as the next language.
_SHARE = 0.12
_MARGIN = 1.4

#: The least number of different words that a language must have.
_KINDS = 4

#: How many of the most frequent words of its language a text must have, between spaces, and how many these are.
_CONFIRM = 3
_FREQUENT = 30

#: The characters of scripts. A script is of one language, or of several that a lexicon tells apart.
_SCRIPTS = {
    "el": r"[\p{Greek}]",
    "ja": r"[\p{Hiragana}\p{Katakana}]",
    "ko": r"[\p{Hangul}]",
    "zh": r"[\p{Han}]",
    "th": r"[\p{Thai}]",
    "he": r"[\p{Hebrew}]",
    "hy": r"[\p{Armenian}]",
    "ka": r"[\p{Georgian}]",
    "bn": r"[\p{Bengali}]",
    "ta": r"[\p{Tamil}]",
    "te": r"[\p{Telugu}]",
    "am": r"[\p{Ethiopic}]",
    "cyrillic": r"[\p{Cyrillic}]",
    "arabic": r"[\p{Arabic}]",
    "devanagari": r"[\p{Devanagari}]",
    "latin": r"[\p{Latin}]",
}

#: Scripts of several languages, and those that the lexicons know.
_BY_WORDS = {
    "cyrillic": ("ru", "uk"),
    "arabic": ("ar", "fa"),
    "devanagari": ("hi",),
    "latin": ("cs", "da", "de", "en", "es", "fi", "fr", "id", "it", "nl", "no", "pl", "pt", "sv", "tr", "vi"),
}

#: The languages that are told by words, in order.
_LANGUAGES = sorted({language for some in _BY_WORDS.values() for language in some})

#: Codes of two letters (ISO 639), and the names and longer codes that collections use for them.
_CODES = {
    "ar": "ara arabic العربية",
    "bn": "ben bengali",
    "bg": "bul bulgarian български",
    "ca": "cat catalan català",
    "cs": "ces cze czech čeština",
    "da": "dan danish dansk",
    "de": "deu ger german deutsch",
    "el": "ell gre gr greek ελληνικά",
    "en": "eng english",
    "es": "spa spanish español castellano",
    "fa": "fas per persian farsi فارسی",
    "fi": "fin finnish suomi",
    "fr": "fra fre french français",
    "he": "heb iw hebrew עברית",
    "hi": "hin hindi हिन्दी",
    "hu": "hun hungarian magyar",
    "id": "ind in indonesian bahasa-indonesia indonesia",
    "it": "ita italian italiano",
    "ja": "jpn jp japanese 日本語",
    "ko": "kor kr korean 한국어",
    "nl": "nld dut dutch nederlands",
    "no": "nor nb nn nob nno norwegian norsk bokmål nynorsk",
    "pl": "pol polish polski",
    "pt": "por portuguese português",
    "ro": "ron rum romanian română",
    "ru": "rus russian русский",
    "sv": "swe swedish svenska",
    "th": "tha thai ไทย",
    "tr": "tur turkish türkçe",
    "uk": "ukr ua ukrainian українська",
    "vi": "vie vn vietnamese tiếng-việt",
    "zh": "zho chi cn tw chinese mandarin 中文 汉语 漢語",
}

#: The language in 'en-GB', 'zho_Hant' or 'English (UK)'.
_BASE = re.compile(rf"[{WHITE}]*([^{WHITE}_,;/(-]+)")


def language_codes(language: pl.Series) -> pl.Series:
    """Return the code of two letters for the language that a collection declares: 'en-GB', 'eng', 'English' are 'en'.

    It is null for a language that is not known here.

    >>> language_codes(pl.Series(["en-GB", "Deutsch", "zho_Hant", "qq", "und"])).to_list()
    ['en', 'de', 'zh', None, None]
    """
    names = {code: code for code in _CODES}
    names |= {name: code for code, some in _CODES.items() for name in some.split()}
    languages = Distinct(language)  # a collection has few different ones
    bases = [_BASE.match((name or "").lower()) for name in languages.values]
    codes = (base and names.get(base[1]) for base in bases)
    return languages.spread_strings(
        code or code_named(name or "") for code, name in zip(codes, languages.values, strict=True)
    )


def is_in_language(text: Text, languages: Sequence[str | None], of: Places) -> Any:
    """Flag the texts whose first CHARS characters are plainly in their language, by script or by frequent words.

    Args:
        text: the texts.
        languages: codes of two letters. No text is in the language None.
        of: the place in `languages` of each text's language.

    >>> import numpy as np
    >>> texts = pl.Series(["It was said that they would have the bridge by the end of the year."])
    >>> is_in_language(Text(texts), ["en"], np.array([0])).tolist()
    [True]
    """
    tables, of = [_frequent_table(language) for language in languages], np.ascontiguousarray(of, np.int64)
    flags = find_frequent_words(tables, of, text.data, text.begin, text.end, chars=CHARS, least=_CONFIRM)
    for n, language in enumerate(languages):
        if language in _SCRIPTS:
            rows = np.flatnonzero(of == n)
            head = text.cut(text.begin[rows], text.end[rows]).str.head(CHARS).to_frame()
            flags[rows] = head.select(_is_in_script(pl.first(), language)).to_series()
    return flags


def _is_in_script(text: pl.Expr, language: str) -> pl.Expr:
    """Flag texts that are plainly in the script of a language."""
    if language in ("zh", "ja"):
        kana = text.str.contains(r"[\p{Hiragana}\p{Katakana}]{2}")
        return text.str.contains(r"\p{Han}{4}") & (kana if language == "ja" else ~kana)
    return text.str.contains(rf"(?:{_SCRIPTS[language]}+[^\p{{L}}]+){{5}}")


@cache
def _frequent_table(language: str | None) -> CodeTable:
    """Return a table of the most frequent words of a language, by their hashes."""
    words = Text(pl.Series(_frequent(language) if language else (), dtype=pl.String))
    hashes = hash_words(words.data, words.begin, words.end)
    return fill_table(hashes, places=16)  # so large that nearly every look-up ends at the first place


@cache
def _frequent(language: str) -> tuple[str, ...]:
    """Return the most frequent words of a language that are not among those of another."""
    lists = load().words("function-words")
    others = {w for code, some in lists.items() if code != language for w in some}
    return tuple(w for w in lists.get(language, ()) if " " not in w and w not in others)[:_FREQUENT]


def identify(texts: pl.Series) -> pl.Series:
    """Return the codes of two letters for the languages of texts, by their first CHARS characters; null if not sure.

    >>> identify(pl.Series(["It was said that they would have the bridge by the end of the year.", "OK"])).to_list()
    ['en', None]
    """
    text = texts.fill_null("").str.head(CHARS)
    of, _, classes = _characters(text)
    counts = np.bincount(of * _CLASSES + classes % _CLASSES, minlength=len(text) * _CLASSES).reshape(-1, _CLASSES)
    letters = np.bincount(of[classes & _LETTER > 0], minlength=len(text))
    script = _script(counts[:, 1 : 1 + len(_SCRIPTS)], letters)
    languages: Any = np.where(letters >= 2 * _FEWEST, script, None)
    by_words = np.array([name in _BY_WORDS for name in script], bool)
    languages[by_words] = None
    asked = np.flatnonzero(by_words & (letters >= _FEWEST))
    languages[asked] = _by_words(text.gather(asked), script[asked])
    return pl.Series(languages.tolist(), dtype=pl.String)


#: The class of a character: the number of its script, from one on, and two bits, for a letter and for a mark.
_CLASSES, _LETTER, _MARKED = 32, 32, 64


def _characters(texts: pl.Series) -> tuple[Any, Any, Any]:
    """Return for each character of texts the row of its text, its code, and its class."""
    codes = np.frombuffer("".join(texts).encode("utf-32-le"), "<u4")
    of = np.repeat(np.arange(len(texts)), texts.str.len_chars().to_numpy())
    blocks, classes = codes // _BLOCK, np.empty(len(codes), np.uint8)
    for block in np.flatnonzero(np.bincount(blocks)).tolist():
        there = blocks == block
        classes[there] = _classes(block)[codes[there] % _BLOCK]
    return of, codes, classes


#: How many characters are looked up in Unicode at once, when the first of them is met.
_BLOCK = 1 << 14


@cache
def _classes(block: int) -> Any:
    """Return the classes of the characters of a block."""
    codes = np.arange(block * _BLOCK, (block + 1) * _BLOCK, dtype="<u4")
    codes[(codes >= 0xD800) & (codes < 0xE000)] = 0  # no characters
    all_ = codes.tobytes().decode("utf-32-le")
    whole, each = pl.Series([all_]), pl.Series(list(all_))
    classes = np.zeros(_BLOCK, np.uint8)
    for number, pattern in enumerate(_SCRIPTS.values(), 1):
        for run in whole.str.extract_all(f"{pattern}+")[0]:
            classes[ord(run[0]) % _BLOCK : ord(run[-1]) % _BLOCK + 1] = number
    classes[each.str.contains(r"\p{L}").to_numpy()] |= _LETTER
    classes[each.str.contains(r"\p{M}").to_numpy()] |= _MARKED
    return classes


def _script(counts: Any, letters: Any) -> Any:
    """Return the script of each text, given its letters of each script; None if it has none, or several."""
    names = list(_SCRIPTS)
    least = _MOST * letters
    of = dict(zip(names, counts.T, strict=True))
    cjk = of["ja"] + of["zh"]
    script: Any = np.where(counts.max(axis=1) >= least, np.array(names, object)[counts.argmax(axis=1)], None)
    script[cjk >= least] = "zh"
    script[(cjk >= least) & (of["ja"] >= _KANA * cjk)] = "ja"
    script[of["latin"] >= least] = "latin"
    return script


#: A text is in one script if this share of its letters is.
_MOST = 0.7

#: The least share of kana among the kana and ideographs of a Japanese text. Chinese has nearly none.
_KANA = 0.1


def _by_words(texts: pl.Series, scripts: Any) -> Any:
    """Return the language of each text by its words, given its script; None where that is not sure."""
    numbers, languages = _function_words()
    words = [some if len(some) >= _FEWEST else [""] for some in _first_words(texts)]
    size = np.array([len(some) for some in words], np.int64)
    known = np.array([numbers.get(word, 0) for some in words for word in some], np.int64)
    of = np.repeat(np.arange(len(words)), size)
    # A text can only be in a language of its script.
    own = np.array([[language in _BY_WORDS[script] for language in _LANGUAGES] for script in scripts])

    def count(of: Any, numbers: Any) -> Any:
        """Count the words of each language in each text."""
        first = np.searchsorted(of, np.arange(len(words)))
        return np.add.reduceat(languages[numbers], first, dtype=np.int64) * own.reshape(-1, len(_LANGUAGES))

    votes = count(of, known)
    kinds = count(*divmod(np.unique(of * len(languages) + known), len(languages)))
    ranked = np.sort(votes, axis=1)
    best, second = ranked[:, -1], ranked[:, -2]
    first = votes.argmax(axis=1)
    sure = (best >= _SHARE * size) & (best >= _MARGIN * second) & (kinds[np.arange(len(kinds)), first] >= _KINDS)
    return np.where(sure, np.array(_LANGUAGES, object)[first], None)


def _first_words(texts: pl.Series) -> list[list[str]]:
    """Return the first words of each text, in lower case. A word is letters and the marks on them."""
    lower = texts.str.to_lowercase()
    _, codes, classes = _characters(lower)
    apart = np.where(classes & (_LETTER | _MARKED), codes, ord(" ")).astype("<u4").tobytes().decode("utf-32-le")
    ends = lower.str.len_chars().cum_sum()
    return [apart[begin:end].split()[:WORDS] for begin, end in pairwise([0, *ends])]


@cache
def _function_words() -> tuple[dict[str, int], Any]:
    """Return the function words, numbered from one on, and for each number which of _LANGUAGES have the word."""
    lists = load().words("function-words")
    own = [{word for word in lists.get(language, ()) if " " not in word} for language in _LANGUAGES]
    numbers = {word: n for n, word in enumerate(sorted(set().union(*own)), 1)}
    languages = np.array([[word in some for some in own] for word in ("", *numbers)], np.uint8)
    return numbers, languages


def known_languages() -> frozenset[str]:
    """Return the codes of the languages that can be identified."""
    single = {name for name in _SCRIPTS if name not in _BY_WORDS}
    return frozenset(single | {language for some in _BY_WORDS.values() for language in some})
