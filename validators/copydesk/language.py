"""The language of a text, by its script and by its most frequent words; no answer where it is not sure."""

from __future__ import annotations

from functools import cache

from copydesk.columns import pl
from copydesk.lexicon import load

__all__ = ["WORDS", "confirmed", "declared", "identified", "known_languages"]

#: So many words are looked at: enough to tell the languages that share words (Danish, Norwegian; Czech, Slovak).
WORDS = 60

#: So many characters hold them, in nearly all languages.
_CHARS = 500

#: A text of fewer words is not judged.
_FEWEST = 15

#: A language must claim such a share of the words, and so many times as much as the next one.
_SHARE = 0.12
_MARGIN = 1.4

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


def declared(language: pl.Expr) -> pl.Expr:
    """Return the code of two letters for what a collection says: 'en-GB', 'eng', 'English' are all 'en'.

    Null where it is not understood, so that nothing is claimed.

    >>> pl.select(declared(pl.Series(["en-GB", "Deutsch", "zho_Hant", "qq", "und"]))).to_series().to_list()
    ['en', 'de', 'zh', None, None]
    """
    names = {code: code for code in _CODES}
    names |= {name: code for code, some in _CODES.items() for name in some.split()}
    base = language.str.to_lowercase().str.strip_chars().str.extract(r"^([^\s_,;/(-]+)")
    return base.replace_strict(names, default=None, return_dtype=pl.String)


def confirmed(text: pl.Expr, language: str) -> pl.Expr:
    """Say whether a text is plainly in the language, by a quick look: its script, or some of its frequent words.

    >>> pl.select(confirmed(pl.lit("It was said that they would have the bridge by the end of the year."), "en")).item()
    True
    """
    head = text.str.head(_CHARS)
    if language in ("zh", "ja"):
        kana = head.str.contains(r"[\p{Hiragana}\p{Katakana}]{2}")
        return head.str.contains(r"\p{Han}{4}") & (kana if language == "ja" else ~kana)
    lists = load().words("function-words")
    others = {w for code, some in lists.items() if code != language for w in some}
    words = [w for w in lists.get(language, ()) if " " not in w and w not in others][:_FREQUENT]
    if language in _SCRIPTS or not words:
        return (
            head.str.contains(rf"(?:{_SCRIPTS[language]}+[^\p{{L}}]+){{5}}") if language in _SCRIPTS else pl.lit(False)
        )
    return head.str.count_matches(f" (?:{'|'.join(words)}) ") >= _CONFIRM


@cache
def _words() -> pl.DataFrame:
    """The function words of Latin, Cyrillic and Arabic script: `word`, `language`."""
    lists = load().words("function-words")
    languages = {language for some in _BY_WORDS.values() for language in some}
    rows = [(w, language) for language, words in lists.items() if language in languages for w in words if " " not in w]
    return pl.DataFrame(rows, schema={"word": pl.String, "language": pl.String}, orient="row").unique()


def identified(texts: pl.LazyFrame) -> pl.LazyFrame:
    """Identify the language of each text.

    Args:
        texts: a frame with `key` (each once) and `text` (String); only the first characters are looked at.

    Returns:
        `key` and `found` (String, a code of two letters) of the texts that one can be sure of, with `script` (String):
        the name of the script where words decided, else the language.
    """
    head = texts.select("key", pl.col("text").fill_null("").str.head(_CHARS))
    counts = {name: pl.col("text").str.count_matches(pattern) for name, pattern in _SCRIPTS.items()}
    latin = head.with_columns(counts["latin"].alias("latin"), letters=pl.col("text").str.count_matches(r"\p{L}"))
    # Most texts of most collections are Latin: the other scripts are counted in the rest only.
    plain = latin.filter(pl.col("latin") >= _MOST * pl.col("letters")).select(
        "key", "text", "letters", script=pl.lit("latin")
    )
    others = [name for name in _SCRIPTS if name != "latin"]
    rest = latin.filter(pl.col("latin") < _MOST * pl.col("letters")).with_columns(
        [counts[name].alias(name) for name in others]
    )
    kana = pl.col("ja") >= _KANA * (pl.col("ja") + pl.col("zh"))
    cjk = pl.col("ja") + pl.col("zh")
    best = pl.concat_list([pl.col(name) for name in others]).list.max()
    script = pl.coalesce(
        pl.when(cjk >= _MOST * pl.col("letters")).then(pl.when(kana).then(pl.lit("ja")).otherwise(pl.lit("zh"))),
        *(pl.when((pl.col(name) == best) & (best >= _MOST * pl.col("letters"))).then(pl.lit(name)) for name in others),
    )
    known = pl.concat([plain, rest.select("key", "text", "letters", script=script)]).filter(
        pl.col("script").is_not_null() & (pl.col("letters") >= _FEWEST)
    )
    return pl.concat([_by_script(known), _by_words(known)])


#: A text is of one script if so large a share of its letters is.
_MOST = 0.7

#: Japanese has so many kana among its kana and ideographs; Chinese has next to none.
_KANA = 0.1


def _by_script(known: pl.LazyFrame) -> pl.LazyFrame:
    sure = known.filter(~pl.col("script").is_in(list(_BY_WORDS)) & (pl.col("letters") >= 2 * _FEWEST))
    return sure.select("key", found="script", script="script")


def _by_words(known: pl.LazyFrame) -> pl.LazyFrame:
    words = (
        known.filter(pl.col("script").is_in(list(_BY_WORDS)))
        .select(
            "key", "script", word=pl.col("text").str.to_lowercase().str.extract_all(r"[\p{L}\p{M}]+").list.head(WORDS)
        )
        .with_columns(total=pl.col("word").list.len())
        .filter(pl.col("total") >= _FEWEST)
        .explode("word")
    )
    scripts = pl.LazyFrame(
        [(c, s) for s, some in _BY_WORDS.items() for c in some], schema=["language", "script"], orient="row"
    )
    votes = (
        words.join(_words().lazy().join(scripts, on="language"), on=["word", "script"])
        .group_by("key", "script", "language")
        .agg(votes=pl.len(), total=pl.col("total").first(), kinds=pl.col("word").n_unique())
    )
    ranked = votes.group_by("key", "script", "total").agg(
        found=pl.col("language").sort_by("votes", "language", descending=[True, False]).first(),
        best=pl.col("votes").max(),
        kinds=pl.col("kinds").sort_by("votes", descending=True).first(),
        second=pl.col("votes").sort(descending=True).slice(1, 1).first().fill_null(0),
    )
    sure = ranked.filter(
        (pl.col("best") >= _SHARE * pl.col("total"))
        & (pl.col("best") >= _MARGIN * pl.col("second"))
        & (pl.col("kinds") >= 4)
    )
    return sure.select("key", "found", "script")


def known_languages() -> frozenset[str]:
    """Return the codes of the languages that can be told from others."""
    single = {name for name in _SCRIPTS if name not in _BY_WORDS}
    return frozenset(single | {language for some in _BY_WORDS.values() for language in some})
