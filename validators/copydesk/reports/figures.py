"""Numbers as the reports write them."""

from __future__ import annotations

__all__ = ["number", "percent", "plural", "seconds", "size"]


def number(value: float) -> str:
    """Return a number with at most two decimals.

    >>> number(99.5), number(1000)
    ('99.5', '1,000')
    """
    return f"{value:,.2f}".rstrip("0").rstrip(".")


def percent(share: float, allowed: float | None = None) -> str:
    """Return a share of 0 to 100 in percent. Only 0 is written as 0 %, and only 100 as 100 %.

    A share within a tenth of the allowed one has two decimals, and more where they would read as the allowed share.

    >>> percent(0.0), percent(0.01), percent(5.86), percent(100.0)
    ('0 %', '< 0.1 %', '5.9 %', '100 %')
    >>> percent(0.974, allowed=1), percent(1.0004, allowed=1), percent(5.86, allowed=1)
    ('0.97 %', '1.0004 %', '5.9 %')
    """
    if allowed and share != allowed and abs(share - allowed) <= allowed / 10:
        digits = next((n for n in range(2, 7) if round(share, n) != round(allowed, n)), 6)
        return f"{share:.{digits}f} %"
    if share == 0:
        return "0 %"
    if 0 < share < 0.1:
        return "< 0.1 %"
    if 99.9 < share < 100:
        return "> 99.9 %"
    return f"{share:.1f} %" if share < 10 or share % 1 else f"{share:.0f} %"


def size(count: int) -> str:
    """Return a number of bytes.

    >>> size(999), size(17_400)
    ('999 bytes', '17.4 kB')
    """
    value, unit = float(count), "bytes"
    for unit in ("bytes", "kB", "MB", "GB", "TB"):
        if value < 1000 or unit == "TB":
            break
        value /= 1000
    return f"{value:,.0f} {unit}" if unit == "bytes" or value >= 100 else f"{value:,.1f} {unit}"


def seconds(value: float) -> str:
    """Return a duration.

    >>> seconds(0.0834), seconds(4.81)
    ('83 ms', '4.8 s')
    """
    return f"{value * 1000:,.0f} ms" if value < 1 else f"{value:,.1f} s"


def plural(count: int, noun: str, nouns: str = "") -> str:
    """Return a number with its noun; `nouns` where it gets more than an s.

    >>> plural(1, "article"), plural(6844, "article"), plural(2, "entry", "entries")
    ('1 article', '6,844 articles', '2 entries')
    """
    return f"{count:,} {noun if count == 1 else nouns or noun + 's'}"
