"""The outcome of a simulation: what each filter drops and cuts, where, and what copydesk says of the same articles."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass

__all__ = ["Example", "Outcome", "Share", "Simulation"]


@dataclass(frozen=True, slots=True)
class Share:
    """What a filter does to some articles: of so many articles and words, so many are dropped or cut."""

    name: str
    articles: int
    dropped: int
    words: int
    words_lost: int


@dataclass(frozen=True, slots=True)
class Example:
    """An article that a filter drops or cuts: the rule, what it measured, its limit, and the line that decided.

    findings: how many findings copydesk has in it.
    """

    article_id: str
    file: str
    row: int
    drops: bool
    rule: str
    value: float | None
    limit: float | None
    line: str | None
    findings: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one filter does.

    whole: to the collection.
    cut: how many articles lose lines and stay.
    rules: how many articles each rule drops, and each rule cuts first, the most first.
    dropped_without_finding: dropped articles in which copydesk finds nothing.
    kept_with_critical: articles that stay, though copydesk has a critical finding in them.
    publishers, languages: the largest, by their articles.
    """

    name: str
    title: str
    english: bool
    whole: Share
    cut: int
    rules: Sequence[tuple[str, int]]
    dropped_without_finding: int
    kept_with_critical: int
    publishers: Sequence[Share]
    languages: Sequence[Share]
    examples: Sequence[Example]


@dataclass(frozen=True, slots=True)
class Simulation:
    """A simulation.

    found, critical: articles with any finding of copydesk, and with a critical one.
    words_found: words in what copydesk would delete.
    rejected: rows that could not be read, which no filter saw.
    shards: into how many parts CCNet's memory was cut.
    """

    version: str
    suite: str
    articles: int
    words: int
    found: int
    critical: int
    words_found: int
    rejected: int
    shards: int
    outcomes: Sequence[Outcome]

    def json(self) -> str:
        """Return the simulation as JSON, as `--result` writes it."""
        return json.dumps({"copydesk": self.version, **asdict(self)}, ensure_ascii=False, indent=2) + "\n"

    def table(self, examples: int = 1) -> Iterator[str]:
        """Yield the lines of the summary; each filter with so many examples."""
        yield f"{self.articles:,} articles, {self.words:,} words" + (
            f"; {self.rejected:,} rows could not be read, and no filter saw them" if self.rejected else ""
        )
        yield f"{'':22}{'articles dropped':>18}{'articles cut':>14}{'words lost':>12}  dropped without any finding"
        for o in self.outcomes:
            yield (
                f"{o.title:22}{o.whole.dropped:>9,}{_percent(o.whole.dropped, o.whole.articles):>9}{o.cut:>14,}"
                f"{_percent(o.whole.words_lost, o.whole.words):>12}  {o.dropped_without_finding:,}"
            )
        yield (
            f"{'copydesk, ' + self.suite:22}{'0':>9}{'':>9}{self.found:>14,}"
            f"{_percent(self.words_found, self.words):>12}  ({self.critical:,} articles have a critical finding)"
        )
        if len({s.name for o in self.outcomes for s in o.languages if o.english} - {"en"}):
            names = ", ".join(o.title for o in self.outcomes if o.english)
            yield f"Made for English alone: {names}. In other languages they show what they would do, not what is bad."
        for o in self.outcomes:
            for example in o.examples[:examples]:
                yield f"{o.title}: {_example(example)}"


def _percent(part: float, whole: float) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "-"


def _example(example: Example) -> str:
    verb = "drops" if example.drops else "cuts"
    measure = ""
    if example.value is not None and example.limit is not None:
        measure = f" ({example.value:.3g}, limit {example.limit:.3g})"
    line = "" if example.line is None else f": “{' '.join(example.line.split())[:100]}”"
    findings = f"{example.findings} findings" if example.findings != 1 else "1 finding"
    return f"{verb} {example.article_id} by {example.rule}{measure}{line} [copydesk: {findings}]"
