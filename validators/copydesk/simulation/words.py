"""English words as datatrove's filters count them: cut as spaCy's rules cut them, without spaCy.

The filters' limits are on such words. A word between white space is cut by itself, so that each different one is cut
once. First marks are taken off its edges, as long as what is left is no known abbreviation or contraction. Then it is
cut at marks inside. Source of the rules: spaCy 3.8, `lang/en` and `lang/punctuation`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache

__all__ = ["cut_word", "special_words"]

#: Longer runs without white space are not cut. C4 drops their lines for that length.
_LONGEST = 1000

#: A word that ends in a letter has a mark at its end only if it ends so: 's, or a unit behind a digit.
_MAY_END = re.compile(r"['’][sS]\Z|\d")

#: No mark at the end of a word but an ellipsis is longer.
_LONGEST_SUFFIX = 6

#: Characters from here on are not looked up but compared one range after the other. Of them, only pictures matter.
_PLANE, _PICTURES = 0x10000, "\U0001f000-\U0001faff"

_PUNCTUATION = r"…,:;!?¿؟¡()\[\]{}<>_#*&。？！，、；：～·।،۔؛٪"
_QUOTES = "'\"”“`‘´’‚,„»«「」『』（）〔〕【】《》〈〉⟦⟧"
_CURRENCY = r"US\$|C\$|A\$|[$£€¥฿₽﷼₴₠-₿]"
_UNITS = (
    "km|km²|km³|m|m²|m³|dm|dm²|dm³|cm|cm²|cm³|mm|mm²|mm³|ha|µm|nm|yd|in|ft|kg|g|mg|µg|t|lb|oz|m/s|km/h|kmh|mph|hPa|Pa"
    "|mbar|mb|MB|kb|KB|gb|GB|tb|TB|T|G|M|K|%|км|км²|км³|м|м²|м³|дм|см|мм|нм|кг|г|мг|м/с|км/ч|кПа|Па|мбар"
    "|Кб|КБ|кб|Мб|МБ|мб|Гб|ГБ|гб|Тб|ТБ"
)

#: Words with an apostrophe, each with the pieces that may follow; without the apostrophes they are cut alike.
_ENDINGS = {
    "i you he she it we they": ("'ll", "'ll 've", "'d", "'d 've"),
    "i": ("'m", "'m a"),
    "i you we they": ("'ve",),
    "you we they": ("'re",),
    "he she it": ("'s",),
    "who what when where why how there that this": ("'s",),
    "who what when where why how there that this these those": ("'ll", "'ll 've", "'d", "'d 've"),
    "who what when where why how there these those": ("'re", "'ve"),
    "ca could do does did had may might must need ought sha should wo would": ("n't", "n't 've"),
    "could might must should would": ("'ve",),
    "ai are is was were have has dare": ("n't",),
}
#: Of those without an apostrophe, the ones that are words of their own.
_WORDS = frozenset(["ill", "its", "hell", "shell", "shed", "were", "well", "whore"])

_OTHERS = (
    "y' all|y all|how 'd 'y|not 've|not ve|can not|gon na|got ta|let 's|c'm on|doin'|goin'|nothin'|nuthin'|ol'"
    "|somethin'|lovin'|havin'|'em|'ll|'nuff|'s|'re|'cause|'cos|'coz|'cuz|'bout|'d|ma'am|o'clock"
)
_WHOLE = (
    "and/or w/o 'S ‘S ‘s Mt. Ak. Ala. Apr. Ariz. Ark. Aug. Calif. Colo. Conn. Dec. Del. Feb. Fla. Ga. Ia. Id. Ill. Ind."
    " Jan. Jul. Jun. Kan. Kans. Ky. La. Mar. Mass. Mich. Minn. Miss. N.C. N.D. N.H. N.J. N.M. N.Y. Neb. Nebr. Nev. Nov."
    " Oct. Okla. Ore. Pa. S.C. Sep. Sept. Tenn. Va. Wash. Wis. a.m. Adm. Bros. co. Co. Corp. D.C. Dr. e.g. E.g. E.G."
    " Gen. Gov. i.e. I.e. I.E. Inc. Jr. Ltd. Md. Messrs. Mo. Mont. Mr. Mrs. Ms. p.m. Ph.D. Prof. Rep. Rev. Sen. St. vs."
    " v.s. C++ '' ä. ö. ü. :) :-) ;) ;-) :( :-( :D :-D :P :-P :p :/ :-/ :o :O <3 :] :[ =) =( =D xD XD ^_^ -_- -__- o_o"
    " O_O 0.0 0_0 ): :* 8) 8-) :)) ;p :| :x :3"
)


@cache
def special_words() -> dict[str, tuple[str, ...]]:
    """Return the words that are cut as a list says, each with its pieces."""
    special: dict[str, tuple[str, ...]] = {word: (word,) for word in _WHOLE.split()}
    special |= {f"{letter}.": (f"{letter}.",) for letter in map(chr, range(ord("a"), ord("z") + 1))}
    for words, endings in _ENDINGS.items():
        for word in words.split():
            for ending in endings:
                for pieces in ([word, *ending.split()], [word, *ending.replace("'", "").split()]):
                    for first in (word, word.title()):
                        special["".join([first, *pieces[1:]])] = (first, *pieces[1:])
    for entry in _OTHERS.split("|"):
        for pieces in (entry.split(), [entry.split()[0].capitalize(), *entry.split()[1:]]):
            special["".join(pieces)] = tuple(pieces)
    for hour in range(1, 13):
        special |= {f"{hour}{half}": (str(hour), half) for half in ("a.m.", "am", "p.m.", "pm")}
    special |= {f"°{degree}.": ("°", degree, ".") for degree in "cfkCFK"}
    for word in _WORDS:
        for same in (word, word.title()):
            special.pop(same, None)
    curly = {word.replace("'", "’"): tuple(p.replace("'", "’") for p in cut) for word, cut in special.items()}
    return curly | special


@lru_cache(100_000)
def cut_word(word: str) -> tuple[str, ...]:
    """Return the tokens of a run without white space.

    >>> cut_word("(Smith's"), cut_word("don't,"), cut_word("well-known."), cut_word("3.5km")
    (('(', 'Smith', "'s"), ('do', "n't", ','), ('well', '-', 'known', '.'), ('3.5', 'km'))
    """
    if len(word) > _LONGEST:
        return (word,)
    special = special_words()
    before: list[str] = []
    behind: list[str] = []
    size = 0
    while word and len(word) != size and word not in special:
        size = len(word)
        prefix = None if word[0].isalnum() and word[0] not in "UCA" else _prefix().match(word)
        taken = prefix.end() if prefix else 0
        if taken and word[taken:] in special:
            before.append(word[:taken])
            word = word[taken:]
            break
        left = _size_of_suffix(word, taken)
        if left and word[:-left] in special:
            behind.append(word[-left:])
            word = word[:-left]
            break
        if taken:
            before.append(word[:taken])
        if left and taken + left <= len(word):
            behind.append(word[-left:])
            word = word[:-left]
        word = word[taken:]
    tokens = [*before, *_inside(word), *reversed(behind)]
    return tuple(_joined(tokens) if len(tokens) > 1 else tokens)


def _size_of_suffix(word: str, start: int) -> int:
    """Return how many characters a mark at the end of a word has, given how many at its start are taken."""
    last = word[-1]
    if start == len(word) or (last.isalpha() and not _MAY_END.search(word)):
        return 0
    if word.endswith(".."):
        return min(len(word) - len(word.rstrip(".")), len(word) - start)
    suffix = _suffix().search(word, max(start, len(word) - _LONGEST_SUFFIX))
    return len(suffix[0]) if suffix else 0


def _joined(tokens: list[str]) -> list[str]:
    """Put tokens together that are a special word, such as "Mich" and "." in "(D-Mich.)"."""
    special, joined, at = special_words(), list[str](), 0
    if len(tokens) == 2 and "".join(tokens) not in special:
        return tokens
    while at < len(tokens):
        for size in (3, 2):
            pieces = special.get("".join(tokens[at : at + size]))
            if pieces and at + size <= len(tokens):
                joined += pieces
                at += size
                break
        else:
            joined.append(tokens[at])
            at += 1
    return joined


def _inside(word: str) -> Iterator[str]:
    """Yield the tokens of a word without marks at its edges."""
    if not word:
        return
    special = special_words().get(word)
    if special:
        yield from special
        return
    if word.isalnum():
        yield word
        return
    if "." in word and _address().match(word):
        yield word
        return
    start = 0
    for mark in _infix().finditer(word):
        if mark.start() == 0:
            continue
        if mark.start() != start:
            yield word[start : mark.start()]
        yield mark[0]
        start = mark.end()
    if start < len(word):
        yield word[start:]


@cache
def _letters(*categories: str) -> str:
    """Return the characters of some categories of Unicode as ranges of a pattern: those that `re` looks up at once."""
    codes = [n for n in range(0x41, _PLANE) if unicodedata.category(chr(n)) in categories]
    ranges, first = [], codes[0]
    for one, after in zip(codes, [*codes[1:], -1], strict=True):
        if after != one + 1:
            ranges.append(f"\\u{first:04x}-\\u{one:04x}")
            first = after
    return "".join(ranges)


@cache
def _prefix() -> re.Pattern[str]:
    icons = _letters("So")
    marks = rf"[§%=—–{_PUNCTUATION}{_QUOTES}{icons}]|[{_PICTURES}]"
    return re.compile(rf"\+(?![0-9])|{marks}|\.\.+|{_CURRENCY}")


@cache
def _suffix() -> re.Pattern[str]:
    lower, upper, icons = _letters("Ll", "Lo"), _letters("Lu", "Lt", "Lo"), _letters("So")
    return re.compile(
        rf"(?:[{_PUNCTUATION}{_QUOTES}{icons}—–]|[{_PICTURES}]|……|['’][sS]|(?<=[0-9])\+|(?<=[0-9])(?:{_CURRENCY}|{_UNITS})"
        rf"|(?<=[0-9{lower}%²\-+{_QUOTES}{_PUNCTUATION}])\.|(?<=[{upper}][{upper}])\.)\Z"
    )


@cache
def _infix() -> re.Pattern[str]:
    lower, upper, icons = _letters("Ll", "Lo"), _letters("Lu", "Lt", "Lo"), _letters("So")
    letter = _letters("Ll", "Lu", "Lt", "Lo", "Lm")
    return re.compile(
        rf"\.\.+|…|[{icons}]|[{_PICTURES}]|(?<=[0-9])[+\-*^](?=[0-9-])|(?<=[{lower}{_QUOTES}])\.(?=[{upper}{_QUOTES}])"
        rf"|(?<=[{letter}]),(?=[{letter}])|(?<=[{letter}0-9])(?:-{{1,3}}|–|—{{1,2}}|~)(?=[{letter}])"
        rf"|(?<=[{letter}0-9])[:<>=/](?=[{letter}])"
    )


@cache
def _address() -> re.Pattern[str]:
    """Return the pattern of addresses of the web and of mail, which are one token."""
    letter = "A-Za-z0-9\u00a1-\uffff"
    host = rf"(?:(?:[{letter}][{letter}_-]{{0,62}})?[{letter}]\.)+[{_letters('Ll', 'Lo')}]{{2,63}}"
    number = r"(?!10\.|127\.)[1-9]\d{0,2}(?:\.\d{1,3}){3}"
    return re.compile(rf"(?:[\w+\-.]{{2,}}://)?(?:\S+(?::\S*)?@)?(?:{number}|{host})(?::\d{{2,5}})?(?:[/?#]\S*)?\Z")
