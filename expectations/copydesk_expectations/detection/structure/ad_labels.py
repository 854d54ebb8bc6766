"""Labels of advertisements' slots, which pages print in the middle of a story."""

from __future__ import annotations

from functools import lru_cache

from copydesk.lazy import pl
from copydesk.lexicon.lexicon import load
from copydesk.lexicon.phrases import kind_bits
from copydesk.text.expressions import normalised, word_count

__all__ = ["is_ad_label"]


@lru_cache(1024)
def is_ad_label(line: str) -> bool:
    """Return whether a line is nothing but such a label.

    >>> is_ad_label("Hide Ad"), is_ad_label("The mayor placed an ad.")
    (True, False)
    """
    text = pl.lit(line)
    words, plain = pl.select(words=word_count(text), plain=normalised(text)).row(0)
    return bool(plain) and load().kinds_of(plain, words) & kind_bits("ad") > 0
