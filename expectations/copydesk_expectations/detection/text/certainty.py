"""Certainty: whether characters that could be UTF-8 in another encoding can be nothing else."""

from __future__ import annotations

import re

from copydesk_expectations.detection.text.encodings import Run

__all__ = ["is_certain"]

#: What broken text begins with, and sound text does not.
_SURE_BEGINNINGS = ("â€", "â\x80", "â‚", "â„", "ðŸ", "ð\x9f", "ï»¿", "вЂ")

#: What sound text may have right after a capital: 'É”', 'AMANHÃ…', a footnote's figure, a soft hyphen.
_AFTER_A_WORD = frozenset("«»“”„‚‘’‹›…–—\u00a0\u00ad·•™®©ªº°¹²³§´†‡")

#: Decoded characters of these scripts are what a single broken letter stands for; others are chance.
_SCRIPTS = re.compile("[\u00a0-\u024f\u0370-\u052f\u05d0-\u06ff\u2000-\u22ff]+")

#: A broken letter is one for certain where its script stands within so many characters of it.
_NEAR = 60
_OTHER_SCRIPTS = (
    ("Greek", re.compile("[\u0370-\u03ff\u1f00-\u1fff]")),
    ("Cyrillic", re.compile("[\u0400-\u052f]")),
    ("Arabic", re.compile("[\u0600-\u06ff]")),
    ("Indic", re.compile("[\u0900-\u0dff]")),
    ("CJK", re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")),
)


def is_certain(run: Run) -> bool:
    """Return whether a run can be nothing but broken text."""
    if run.codec == "mac_roman":
        return is_mac_roman(run)
    if has_sure_beginning(run):
        return True
    if run.codec == "cp1251":
        return is_cyrillic_of_pairs(run)
    if is_near_its_script(run):
        return True
    if len(run.mended) > 1 or is_broken_twice(run):
        return run.codec == "cp1252" or run.in_word or len(run.mended) > 2
    return _SCRIPTS.fullmatch(run.mended) is not None and (is_letter_in_word(run) or is_lone_letter(run))


def is_mac_roman(run: Run) -> bool:
    """Return whether a run looks as UTF-8 does in Mac Roman and as nothing else does."""
    root = run.broken.startswith("√") and run.in_word and len(run.mended) == 1
    return root or run.broken.startswith("‚Ä")


def has_sure_beginning(run: Run) -> bool:
    """Return whether a run begins as no sound text does."""
    return run.broken.startswith(_SURE_BEGINNINGS)


def is_cyrillic_of_pairs(run: Run) -> bool:
    """Return whether each second letter is one that Cyrillic begins with in Windows-1251, three times or more."""
    return len(run.broken) >= 6 and all(c in "РС" for c in run.broken[::2])


def is_near_its_script(run: Run) -> bool:
    """Return whether the mended text is in a script, not Latin, that stands near it."""
    script = _script(run.mended[0])
    near = run.text[max(0, run.start - _NEAR) : run.start] + run.text[run.end : run.end + _NEAR]
    return bool(script) and script in {_script(c) for c in near}


def is_broken_twice(run: Run) -> bool:
    """Return whether a run was misread more than once: it has more characters than its UTF-8 has bytes."""
    return len(run.broken) > len(run.mended.encode())


def is_letter_in_word(run: Run) -> bool:
    """Return whether two characters that begin as a broken letter does go on as a word."""
    pair = len(run.broken) == 2 and run.broken[0] in "ÃÄÅĂĹ"
    return pair and run.after.islower() and (run.before.islower() or run.broken[1] in "›‚„‡")


def is_lone_letter(run: Run) -> bool:
    """Return whether a single broken letter is not what it looks like, going by its neighbours."""
    first, ambiguous = run.broken[0], all(c in _AFTER_A_WORD for c in run.broken[1:])
    if run.codec == "cp1250":
        return run.in_word and not ambiguous and first in "ĂĹÄ"
    if len(run.broken) > 2 or first not in "ÂÃÄÅ":
        return False
    if not ambiguous:
        return not run.before.isupper() or run.after.islower()
    if first == "Â":
        return not run.before.isupper() and run.before not in _AFTER_A_WORD
    return run.before.islower() or (run.broken == "Ã\u00a0" and (not run.before or run.before.isspace()))


def _script(character: str) -> str:
    """Name the script of a letter that is not Latin; CJK in one."""
    return next((name for name, letters in _OTHER_SCRIPTS if letters.match(character)), "")
