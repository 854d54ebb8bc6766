"""Names of languages: how collections name them in the languages of the lexicons, and how we name them in English.

The former are in `language_names.txt`, which `ci/language-names` makes out of the Unicode CLDR.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

__all__ = ["code_named", "english_name"]

#: The English names of the languages that can be identified, by their codes of two letters (ISO 639).
_ENGLISH = {
    "am": "Amharic",
    "ar": "Arabic",
    "bg": "Bulgarian",
    "bn": "Bengali",
    "ca": "Catalan",
    "cs": "Czech",
    "da": "Danish",
    "de": "German",
    "el": "Greek",
    "en": "English",
    "es": "Spanish",
    "fa": "Persian",
    "fi": "Finnish",
    "fr": "French",
    "he": "Hebrew",
    "hi": "Hindi",
    "hu": "Hungarian",
    "hy": "Armenian",
    "id": "Indonesian",
    "it": "Italian",
    "ja": "Japanese",
    "ka": "Georgian",
    "ko": "Korean",
    "nl": "Dutch",
    "no": "Norwegian",
    "pl": "Polish",
    "pt": "Portuguese",
    "ro": "Romanian",
    "ru": "Russian",
    "sv": "Swedish",
    "ta": "Tamil",
    "te": "Telugu",
    "th": "Thai",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "vi": "Vietnamese",
    "zh": "Chinese",
}


@cache
def _codes() -> dict[str, str]:
    """Return the code of each name, in lower case."""
    text = (files(__package__) / "language_names.txt").read_text(encoding="utf-8")
    entries = (line.split(" = ") for line in text.splitlines() if " = " in line)
    found = {name: code for code, names in entries for name in names.split(", ")}
    return found | {name.lower(): code for code, name in _ENGLISH.items()}


def code_named(name: str) -> str | None:
    """Return the code of the language that a name has, alone or with other words; None if none is known, or several.

    >>> [code_named(name) for name in ("Tiếng Việt", "Bahasa Indonesia", "Brazilian Portuguese", "Klingon")]
    ['vi', 'id', 'pt', None]
    """
    plain = " ".join(name.lower().replace("-", " ").replace("_", " ").split())
    if plain in _codes():
        return _codes()[plain]
    some = {_codes()[word] for word in plain.replace("(", " ").replace(",", " ").split() if word in _codes()}
    return some.pop() if len(some) == 1 else None


def english_name(code: str) -> str:
    """Return the English name of a language, given its code; the code itself if none is known.

    >>> english_name("de"), english_name("tlh")
    ('German', 'tlh')
    """
    return _ENGLISH.get(code, code)
