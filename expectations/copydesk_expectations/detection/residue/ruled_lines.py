"""Lines on which a rule of the project decides, see `copydesk.lexicon.rules`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.checks.batch import Batch
from copydesk.lazy import np, pl
from copydesk.lexicon.rules import load_rules
from copydesk.metadata.stories import publisher_or_host

if TYPE_CHECKING:
    from copydesk.text.buffer import Places

__all__ = ["ruled_lines"]


def ruled_lines(batch: Batch, places: Places, files: tuple[str, ...]) -> pl.Series:
    """Return for some paragraphs of a batch the action of the rules: delete, keep or ?; null without one.

    Args:
        batch: the articles.
        places: the places of the paragraphs in `batch.paragraphs`.
        files: the rule files.
    """
    actions = pl.Series("action", [None], dtype=pl.String).new_from_index(0, len(places))
    if not files:
        return actions
    rules = load_rules(files)
    publishers = publisher_or_host(batch)
    ours = publishers.is_in(rules.publishers).fill_null(False).to_numpy()
    rows = batch.paragraphs["article"].gather(places).to_numpy() - batch.first
    some = np.flatnonzero(ours[rows])
    lines = batch.paragraphs["text"].gather(places[some])
    return actions.scatter(some, rules.actions(publishers.gather(rows[some]), lines))
