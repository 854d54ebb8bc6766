"""Lines that are known to be of the page without a model: phrases, entries of blocks, comments, marks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from copydesk.lazy import np, pl
from copydesk.lexicon.lexicon import line_hits
from copydesk.lexicon.phrases import LINE_KINDS, kind_bits
from copydesk_expectations.detection.residue.comment_sections import comment_sections
from copydesk_expectations.detection.residue.link_blocks import entries_behind_labels
from copydesk_expectations.detection.residue.menus import MENU, menu_lines
from copydesk_expectations.detection.residue.page_marks import page_marks
from copydesk_expectations.tables import read_table

if TYPE_CHECKING:
    from copydesk.checks.batch import Batch

__all__ = ["PERMITTING", "certain_lines", "permitting_lines", "phrase_kinds"]

#: Kinds of phrases that say nothing of the page around the story: a credit or a label may be all that is left of it,
#: and a notice that the page is no article is another matter.
_SILENT = ("caption", "label", "page")
PERMITTING = tuple(kind for kind in LINE_KINDS if kind not in _SILENT)


def permitting_lines(lines: pl.Series, kinds: Any) -> Any:
    """Return the places of the lines that permit verdicts on others.

    The label of a film, a picture or a recording ('Video', 'Listen to this article') permits none: it may be all that
    is left of what stood in the story, as a credit may.

    Args:
        lines: the texts.
        kinds: the kinds of phrases that each is, see `phrase_kinds`.
    """
    spoken = np.flatnonzero((kinds & kind_bits(*PERMITTING)) > 0)
    tool = (kinds[spoken] & ~np.uint32(kind_bits("share"))) == 0
    media = np.zeros(len(spoken), np.bool_)
    media[tool] = lines.gather(spoken[tool]).str.to_lowercase().str.contains_any(list(read_table("media_words")))
    return spoken[~media]


def phrase_kinds(batch: Batch, lexicons: tuple[str, ...] = ()) -> Any:
    """Return the kinds of phrases that each paragraph is (uint32, a bit for each of LINE_KINDS); 0 for none.

    The titles behind a label of the kind related count as phrases of that kind, `certain_lines` as those of the page's
    tools.
    """
    hits = line_hits(batch, lexicons)
    kinds = np.zeros(batch.paragraphs.height, np.uint32)
    kinds[batch.places(hits)] = hits["kinds"].to_numpy()
    kinds[entries_behind_labels(batch, lexicons)["place"].to_numpy()] = kind_bits("related")
    for marked in (page_marks(batch), menu_lines(batch)):
        kinds[marked["place"].to_numpy()] |= kind_bits("share")
    for first, behind in comment_sections(batch).select("first", "behind").iter_rows():
        kinds[first:behind] |= kind_bits("share")
    return kinds


def certain_lines(batch: Batch, lexicons: tuple[str, ...] = ()) -> pl.DataFrame:
    """Return the lines that need no model: `article`, `par`, `start`, `text`, `reason`.

    A comment section is one span. Entries of a menu that a lexicon knows are left to other checks.
    """
    paragraphs = batch.paragraphs
    sections = comment_sections(batch)
    first, last = sections["first"], sections["behind"] - 1
    spans = paragraphs.select("article", "par", "start")[first].with_columns(
        field=pl.lit("body"),
        end=paragraphs["end"].gather(last),
        reason=pl.format("readers' comments ({}), to the end of the body", sections["comments"]),
    )
    marks = page_marks(batch)
    inside = np.zeros(paragraphs.height, np.bool_)
    for start, behind in sections.select("first", "behind").iter_rows():
        inside[start:behind] = True
    marks = marks.filter(pl.Series(~inside[marks["place"].to_numpy()], dtype=pl.Boolean))
    lines = paragraphs.select("article", "par", "start", "text")[marks["place"]].with_columns(reason=marks["reason"])
    known = np.zeros(paragraphs.height, np.bool_)
    known[batch.places(line_hits(batch, lexicons))] = True
    menu = menu_lines(batch)["place"]
    menu = menu.filter(pl.Series(~known[menu.to_numpy()], dtype=pl.Boolean))
    entries = paragraphs.select("article", "par", "start", "text")[menu].with_columns(reason=pl.lit(MENU))
    columns = ("article", "par", "start", "text", "reason")
    return pl.concat([batch.quoted(spans).select(columns), lines.select(columns), entries.select(columns)])
