"""Clock times at the beginning of lines, as the entries of a live blog have them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from copydesk.lazy import np, pl

if TYPE_CHECKING:
    from polars import Expr

    from copydesk.text.buffer import Bytes, Places

__all__ = ["FIRST_BYTES", "begins_with_figure", "is_opening", "is_time_alone", "may_be_time", "time_of"]

#: Words before a time, in the languages of the lexicons, in any case.
_BEFORE = (
    *("kl", "klo", "kello", "klockan", "klokken", "klokka", "um", "gegen", "update", "às", "as", "at", "ore", "alle"),
    *("à", "vers", "a las", "hora", "il", "o", "ob", "om", "godz", "godzina", "saat", "pukul", "jam", "lúc", "в", "о"),
    *("об", "ώρα", "στις", "الساعة", "ساعت", "समय"),
)

#: A clock time as pages print it: 14:05, 14.05 Uhr, 2.05pm, 14h05, kl. 14.05, Ore 14.05, 05:12 GMT, 下午2:05.
_TIME = (
    rf"(?i:(?:{'|'.join(_BEFORE)})[.:]?\s)?"
    r"(?:下午|上午|午後|午前|오전|오후)?\s?"
    r"(?:[01]?\d|2[0-4])(?:[:.：h]|h\s|時|时|点|點|시\s?)[0-5]\d(?::[0-5]\d)?(?:分|분)?"
    r"(?:\s?(?:[ap]\.?m\.?|[AP]M|Uhr|h|hs|hrs|godz\.?|GMT|UTC|BST|CET|CEST|EST|EDT|ET|PT|MSK|WIB|ч\.?|μ\.μ\.|π\.μ\.))*"
)

#: A line that is only a time, perhaps with a date or a word such as 'Updated' or 'ago' beside it.
_ALONE = rf"^[\p{{P}}\s]*{_TIME}[\p{{P}}\s]*$"

#: A paragraph that opens with a time and goes on with a sentence.
_OPENS = rf"^[\p{{P}}\s]*{_TIME}[\p{{P}}\s]*[\s|–—-][\p{{P}}\s]*[\p{{L}}]"

#: Bytes with which such lines begin: of the letters of ASCII, only those of the words before a time.
_FIRST_LETTERS = {word[0] for word in _BEFORE}
FIRST_BYTES = [not chr(byte).isalpha() or byte >= 0x80 or chr(byte).lower() in _FIRST_LETTERS for byte in range(256)]

#: A time begins within so many characters.
_HEAD = 14


def may_be_time() -> Expr:
    """Return whether a line may begin with a time: a figure stands there, and a mark of the clock behind one."""
    text = pl.col("text").str
    return text.head(_HEAD).str.contains(r"[0-9]") & text.head(20).str.contains(r"[0-9][:.：h時时点點시]")


def is_time_alone() -> Expr:
    """Return whether a line is nothing but a time."""
    return pl.col("text").str.contains(_ALONE)


def is_opening() -> Expr:
    """Return whether a line opens with a time and goes on with words."""
    return pl.col("text").str.contains(_OPENS)


def time_of() -> Expr:
    """Return the time at the beginning of a line, or the whole line."""
    return pl.coalesce(pl.col("text").str.extract(rf"^([\p{{P}}\s]*{_TIME})"), "text")


def begins_with_figure(data: Bytes, begin: Places) -> Any:
    """Return whether there is a figure in the first characters from each place on, of one to four bytes each."""
    figure, foreign = _first_bytes(data, begin, _HEAD)
    figure[foreign] = _first_bytes(data, begin[foreign], 4 * _HEAD)[0]
    return figure


def _first_bytes(data: Bytes, begin: Places, size: int) -> tuple[Any, Any]:
    """Return whether so many bytes from each place on, or a few more, have a figure; and whether one is not ASCII."""
    each = 0x0101010101010101
    eight = np.ndarray((len(data) - 7,), "<u8", data, 0, (1,))
    figure, foreign = np.zeros((2, len(begin)), np.uint64)
    for offset in range(0, size, 8):
        lane = eight[np.minimum(begin + offset, len(eight) - 1)]
        foreign |= lane
        lane ^= np.uint64(each * ord("0"))
        # The highest bit of a byte stays 0 only where it is less than 10.
        figure |= ~(((lane & np.uint64(each * 0x7F)) + np.uint64(each * (0x80 - 10))) | lane)
    high = np.uint64(each * 0x80)
    return figure & high != 0, foreign & high != 0
