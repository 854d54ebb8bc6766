"""The filters that are simulated, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from copydesk.lazy import pl
from copydesk.simulation.articles import fineweb, gopher_quality, nemo
from copydesk.simulation.lines import SeenParagraphs, c4, refinedweb
from copydesk.simulation.repetition import repetition
from copydesk.simulation.tokens import Tokens

__all__ = ["FILTERS", "Filter", "Simulator"]

#: Judges texts, given their tokens: see `copydesk.simulation.verdict.VERDICT`.
Judge = Callable[[pl.Series, Tokens], pl.DataFrame]


@dataclass(frozen=True, slots=True)
class Filter:
    """A known filter.

    title: how it is shown.
    english: whether it is made for English alone.
    make: makes what judges; some have a memory of their own.
    """

    title: str
    english: bool
    make: Callable[[], Judge]


FILTERS: Mapping[str, Filter] = {
    "c4": Filter("C4", True, lambda: c4),
    "gopher-quality": Filter("Gopher, quality", True, lambda: gopher_quality),
    "gopher-repetition": Filter("Gopher, repetition", False, lambda: repetition),
    "fineweb": Filter("FineWeb", False, lambda: fineweb),
    "refinedweb-lines": Filter("RefinedWeb, lines", False, lambda: refinedweb),
    "nemo": Filter("NeMo Curator", True, lambda: nemo),
    "ccnet": Filter("CCNet, paragraphs", False, SeenParagraphs),
}


class Simulator:
    """All filters, for the texts of a collection in their order.

    Attributes:
        judges: what judges, by the name of the filter.
    """

    def __init__(self) -> None:
        self.judges = {name: known.make() for name, known in FILTERS.items()}

    def __call__(self, texts: pl.Series) -> dict[str, pl.DataFrame]:
        """Judge some texts by each filter."""
        texts = texts.fill_null("")
        tokens = Tokens(texts)
        return {name: judge(texts, tokens) for name, judge in self.judges.items()}
