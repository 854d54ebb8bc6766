"""Keys of headlines: headlines that differ only in case and spacing have the same key."""

from __future__ import annotations

from copydesk.checks.batch import Batch, shared
from copydesk.lazy import pl
from copydesk.text.paragraphs import squeezed_keys

__all__ = ["headline_keys"]


@shared
def headline_keys(batch: Batch) -> pl.Series:
    """Return the key of each headline, see `squeezed_keys`."""
    text = batch.text("headline")
    return squeezed_keys(text, text.begin, text.end)
