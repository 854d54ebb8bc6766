"""Keys of headlines: headlines that differ only in case and spacing have the same key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.lazy import pl
from copydesk.text.paragraphs import squeezed_keys

if TYPE_CHECKING:
    from copydesk.checks.batch import Batch

__all__ = ["headline_keys"]


def headline_keys(batch: Batch) -> pl.Series:
    """Return the key of each headline, see `squeezed_keys`. Keys are made once for a batch."""
    text = batch.text("headline")
    return batch.once("headline keys", lambda: squeezed_keys(text, text.begin, text.end))
