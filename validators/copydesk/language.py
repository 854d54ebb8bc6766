"""The language of a text, by its script and by its most frequent words; no answer where it is not sure."""

from __future__ import annotations

from functools import cache
from typing import Any

from copydesk.columns import pl
from copydesk.lexicon import load

__all__ = ["CHARS", "WORDS", "confirmed", "declared", "identified", "known_languages"]

#: So many words are looked at: enough to tell the languages that share words (Danish, Norwegian; Czech, Slovak).
WORDS = 60

#: So many characters hold them, in nearly all languages.
CHARS = 500

#: A text of fewer words is not judged.
_FEWEST = 15

#: A language must claim such a share of the words, and so many times as much as the next one.
_SHARE = 0.12
_MARGIN = 1.4

#: And by so many different words.
_KINDS = 4

#: A language that is declared is confirmed by so many of its most frequent words, of so many, between spaces.
_CONFIRM = 3
_FREQUENT = 30

#: Scripts that name a language, or the set of languages that a lexicon must tell apart, as characters.
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

#: Scripts within which words decide, and the languages of each that the lexicons know.
_BY_WORDS = {
    "cyrillic": ("ru", "uk"),
    "arabic": ("ar", "fa"),
    "devanagari": ("hi",),
    "latin": ("cs", "da", "de", "en", "es", "fi", "fr", "id", "it", "nl", "no", "pl", "pt", "sv", "tr", "vi"),
}

#: The languages that words can tell, in order.
_LANGUAGES = sorted({language for some in _BY_WORDS.values() for language in some})

#: Names and codes of three letters, as collections have them, to codes of two (ISO 639).
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


def declared(language: pl.Series) -> pl.Series:
    """Return the code of two letters for what a collection says: 'en-GB', 'eng', 'English' are all 'en'.

    Null where it is not understood, so that nothing is claimed.

    >>> declared(pl.Series(["en-GB", "Deutsch", "zho_Hant", "qq", "und"])).to_list()
    ['en', 'de', 'zh', None, None]
    """
    names = {code: code for code in _CODES}
    names |= {name: code for code, some in _CODES.items() for name in some.split()}
    said = language.unique().drop_nulls()  # a collection says few different things
    base = said.str.to_lowercase().str.strip_chars().str.extract(r"^([^\s_,;/(-]+)")
    codes = base.replace_strict(names, default=None, return_dtype=pl.String)
    return language.replace_strict(said, codes, default=None, return_dtype=pl.String)


def confirmed(text: pl.Expr, language: str) -> pl.Expr:
    """Say whether a text, or its first CHARS, is plainly in the language: by its script, or by some frequent words.

    >>> pl.select(confirmed(pl.lit("It was said that they would have the bridge by the end of the year."), "en")).item()
    True
    """
    if language in ("zh", "ja"):
        kana = text.str.contains(r"[\p{Hiragana}\p{Katakana}]{2}")
        return text.str.contains(r"\p{Han}{4}") & (kana if language == "ja" else ~kana)
    if language in _SCRIPTS:
        return text.str.contains(rf"(?:{_SCRIPTS[language]}+[^\p{{L}}]+){{5}}")
    words = _frequent(language)
    return text.str.contains(rf"(?s)(?: (?:{'|'.join(words)}) .*){{{_CONFIRM}}}") if words else pl.lit(False)


@cache
def _frequent(language: str) -> tuple[str, ...]:
    """Return the most frequent words of a language that no other has among its own."""
    lists = load().words("function-words")
    others = {w for code, some in lists.items() if code != language for w in some}
    return tuple(w for w in lists.get(language, ()) if " " not in w and w not in others)[:_FREQUENT]


def identified(texts: pl.DataFrame) -> pl.DataFrame:
    """Identify the language of each text.

    Args:
        texts: a frame with `key` (each once) and `text` (String); only the first CHARS characters are looked at.

    Returns:
        `key` and `found` (String, a code of two letters) of the texts that one can be sure of, with `script` (String):
        the name of the script where words decided, else the language.
    """
    count = {name: pl.col("text").str.count_matches(pattern) for name, pattern in _SCRIPTS.items()}
    head = texts.select("key", pl.col("text").fill_null("").str.head(CHARS))
    head = head.with_columns(letters=pl.col("text").str.count_matches(r"\p{L}"), script=pl.lit("latin"))
    # Most texts of most collections are Latin: the other scripts are counted in the rest only.
    latin = head.select(count.pop("latin") >= _MOST * pl.col("letters")).to_series()
    rest = head.filter(~latin)
    if rest.height:
        rest = rest.with_columns(script=_script(rest.select(**count), rest["letters"]))
    known = pl.concat([head.filter(latin), rest]).filter(pl.col("script").is_not_null(), pl.col("letters") >= _FEWEST)
    return pl.concat([_by_script(known), _by_words(known)])


def _script(counts: pl.DataFrame, letters: pl.Series) -> pl.Series:
    """Return the script of each text, by how many letters of each it has; null where it is of none, or of several."""
    import numpy as np

    least = _MOST * letters.to_numpy()
    cjk = (counts["ja"] + counts["zh"]).to_numpy()
    each = counts.to_numpy()
    script: Any = np.where(each.max(axis=1) >= least, np.array(counts.columns, object)[each.argmax(axis=1)], None)
    script[cjk >= least] = "zh"
    script[(cjk >= least) & (counts["ja"].to_numpy() >= _KANA * cjk)] = "ja"
    return pl.Series(script.tolist(), dtype=pl.String)


#: A text is of one script if so large a share of its letters is.
_MOST = 0.7

#: Japanese has so many kana among its kana and ideographs; Chinese has next to none.
_KANA = 0.1


def _by_script(known: pl.DataFrame) -> pl.DataFrame:
    sure = known.filter(~pl.col("script").is_in(list(_BY_WORDS)) & (pl.col("letters") >= 2 * _FEWEST))
    return sure.select("key", found="script", script="script")


def _by_words(known: pl.DataFrame) -> pl.DataFrame:
    import numpy as np

    words = pl.col("text").str.to_lowercase().str.extract_all(r"[\p{L}\p{M}]+").list.head(WORDS)
    texts = known.filter(pl.col("script").is_in(list(_BY_WORDS))).select("key", "script", word=words)
    texts = texts.filter(pl.col("word").list.len() >= _FEWEST)
    hits = texts.select("script", "word").with_row_index("text").explode("word").join(_words(), on=["word", "script"])

    def counted(rows: pl.DataFrame) -> Any:
        """Count for each text and each language."""
        place = rows["text"].to_numpy().astype(np.int64) * len(_LANGUAGES) + rows["language"].to_numpy()
        return np.bincount(place, minlength=texts.height * len(_LANGUAGES)).reshape(-1, len(_LANGUAGES))

    votes, kinds = counted(hits), counted(hits.unique())
    ranked = np.sort(votes, axis=1)
    best, second = ranked[:, -1], ranked[:, -2]
    first = votes.argmax(axis=1)
    sure = (
        (best >= _SHARE * texts["word"].list.len().to_numpy())
        & (best >= _MARGIN * second)
        & (kinds[np.arange(len(kinds)), first] >= _KINDS)
    )
    found = pl.Series("found", _LANGUAGES, pl.String).gather(first)
    return texts.select("key", found, "script").filter(pl.Series(sure))


@cache
def _words() -> pl.DataFrame:
    """The function words of Latin, Cyrillic and Arabic: `word`, `script`, and `language`, a place in _LANGUAGES."""
    lists = load().words("function-words")
    rows = {
        (word, script, _LANGUAGES.index(language))
        for script, some in _BY_WORDS.items()
        for language in some
        for word in lists.get(language, ())
        if " " not in word
    }
    return pl.DataFrame(sorted(rows), {"word": pl.String, "script": pl.String, "language": pl.Int64}, orient="row")


def known_languages() -> frozenset[str]:
    """Return the codes of the languages that can be told from others."""
    single = {name for name in _SCRIPTS if name not in _BY_WORDS}
    return frozenset(single | {language for some in _BY_WORDS.values() for language in some})
