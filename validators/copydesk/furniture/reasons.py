"""Why a line is taken for furniture, in words: its shape, its run, the phrase next to it, its publisher, its place."""

from __future__ import annotations

from collections.abc import Mapping

from copydesk.furniture.lines import FAR, HEAD, INSIDE, NO_PROSE, TAIL

__all__ = ["REASONS", "reason"]

#: The features that verdicts and reasons ask for, but for those that need the collection.
REASONS = (
    *("lines of the run", "spread of lengths in the run", "lines since a phrase", "lines since prose"),
    *("prompts within 4 lines", "lines since a prompt", "zone", "introduced", "last mark", "words"),
)

_PLACES = {
    NO_PROSE: "in a text without a paragraph of prose",
    HEAD: "above the first paragraph of the story",
    INSIDE: "between paragraphs of the story",
    TAIL: "below the last sentence of the story",
}

#: A run of so many lines is worth a word; their lengths are one if they spread by no more (see `lines`: 32 are 1).
_RUN, _SPREAD = 3, 14

#: A phrase so many lines away is near.
_NEAR = 4


def reason(line: Mapping[str, int], near: str | None, others: int) -> str:
    """Say why a line is furniture.

    Args:
        line: its features.
        near: the nearest phrase in its run, if there is one.
        others: in how many other stories of its publisher it stands.

    >>> line = dict.fromkeys(("spread of lengths in the run", "repeats", "prompts within 4 lines"), 0)
    >>> line |= {"lines of the run": 5, "zone": 3, "lines since a phrase": 1, "lines since prose": 2}
    >>> reason(line, "Read more", 0)
    "a short line in a run of 5 lines of one length behind 'Read more', below the last sentence of the story"
    """
    said = ["a short line"]
    if line["lines of the run"] >= _RUN:
        size = line["lines of the run"]
        count = f"{size} lines" if size < FAR else f"{FAR} lines or more"
        said.append(
            f"in a run of {count}" + (" of one length" if line["spread of lengths in the run"] <= _SPREAD else "")
        )
    if near is not None:
        above = line["lines since a phrase"] < line["lines since prose"]
        said.append(f"{'behind' if above else 'above'} '{near}'")
    elif line["prompts within 4 lines"]:
        said.append("near other lines of the page")
    if others:
        said.append(f"that stands in {others} other {'article' if others == 1 else 'articles'} of the publisher")
    elif line["repeats"] and near is None:
        said.append("in an article with lines that its publisher repeats")
    return f"{' '.join(said)}, {_PLACES[line['zone']]}"
