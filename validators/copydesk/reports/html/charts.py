"""The charts: articles over time and by length, as bars that need no script and no library.

Places on the axis are percentages and heights are pixels, so a chart fits any width and its text keeps its shape.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from math import log

from copydesk.model.overview import EDGES, Lengths, Volume
from copydesk.reports.figures import plural

__all__ = ["Bar", "Chart", "Tick", "length_chart", "volume_chart"]

_HEIGHT = 120  # pixels of the highest bar
_MOST_TICKS, _MOST_GAPS = 8, 6
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: its place and size, its label, its count, and whether it is a gap or out of bounds."""

    x: str
    width: str
    height: int
    label: str
    count: int
    kind: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A word under the axis, or at a threshold, and the side of its place on which it stands."""

    x: str
    text: str
    anchor: str = "middle"
    minor: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart: bars from left to right, words under the axis, thresholds, and sentences about it."""

    name: str
    unit: str
    bars: list[Bar]
    ticks: list[Tick]
    limits: list[Tick]
    sentences: list[str]

    @property
    def width(self) -> str:
        """The width of the chart; a chart of few bars is narrower than the page."""
        return f"{min(100, max(40, 4 * len(self.bars)))}%"

    @property
    def most(self) -> int:
        """The count of the highest bar."""
        return max((b.count for b in self.bars), default=0)


def volume_chart(volume: Volume) -> Chart:
    """Draw the number of articles of each day, week, month or year."""
    labels = [_period_name(volume.begin(n), volume.unit) for n in range(len(volume.counts))]
    partial = [n for n in range(len(labels)) if volume.is_partial(n)]
    for n in partial:
        labels[n] += ", not whole"
    kinds = ["gap" if not count else "partial" if n in partial else "" for n, count in enumerate(volume.counts)]
    bars = _bars(volume.counts, labels, kinds)
    return Chart(
        name=f"Articles per {volume.unit}",
        unit=volume.unit,
        bars=bars,
        ticks=_time_ticks(volume),
        limits=[],
        sentences=[_gaps(volume), *_partial(volume, partial), *_outside(volume)],
    )


def length_chart(lengths: Lengths) -> Chart:
    """Draw the number of bodies of each length, and the limits that the suite sets."""
    fewest, most = lengths.fewest, lengths.most
    used = [n for n, count in enumerate(lengths.counts) if count]
    first, last = used[0], used[-1]
    if fewest:
        first = min(first, _bin(fewest))
    if most and _bin(most) <= last + 2:
        last = max(last, min(_bin(most), len(EDGES) - 1))
    counts = lengths.counts[first : last + 1]
    edges = [*EDGES[first : last + 1], *EDGES[last + 1 : last + 2]]
    labels = [
        f"{low:,} to {edges[n + 1] - 1:,} words" if n + 1 < len(edges) else f"{low:,} words and more"
        for n, low in enumerate(edges[: len(counts)])
    ]
    kinds = [
        "out" if (fewest and n + 1 < len(edges) and edges[n + 1] <= fewest) or (most and edges[n] > most) else ""
        for n in range(len(counts))
    ]

    def at(words: int) -> float:
        n = max(k for k, edge in enumerate(edges) if edge <= words) if words >= edges[0] else 0
        if n + 1 >= len(edges):
            return 100.0
        low, high = max(edges[n], 1), edges[n + 1]
        return 100 * (n + log(max(words, 1) / low) / log(high / low)) / len(counts)

    limits = []
    if fewest:
        limits.append(Tick(_percent(at(fewest)), f"at least {fewest:,}", "start"))
    if most and edges[0] <= most <= edges[-1]:
        limits.append(Tick(_percent(at(most)), f"at most {most:,}", "end"))
    low, middle, high = lengths.quartiles
    sentences = [f"Half of the bodies have {low:,} to {high:,} words; the middle one has {middle:,}."]
    if lengths.empty:
        sentences.append(
            f"{plural(lengths.empty, 'article')} without a word {'is' if lengths.empty == 1 else 'are'} not drawn."
        )
    if most and not edges[0] <= most <= edges[-1]:
        sentences.append(f"The most that the suite allows, {most:,} words, lies beyond the chart.")
    ticks = [
        Tick(_percent(100 * n / len(counts)), f"{edge:,}", "middle" if n else "start")
        for n, edge in enumerate(edges[: len(counts)])
    ]
    return Chart("Articles by words", "words", _bars(counts, labels, kinds), _thin_ticks(ticks, 14), limits, sentences)


def _bars(counts: Sequence[int], labels: Sequence[str], kinds: Sequence[str]) -> list[Bar]:
    most, width = max(counts), 100 / len(counts)
    gap = 0.22 * width if len(counts) <= 140 else 0.08 * width
    return [
        Bar(
            x=_percent(n * width + gap / 2),
            width=_percent(width - gap),
            height=max(round(_HEIGHT * count / most), 1) if count else 0,
            label=label,
            count=count,
            kind=kind,
        )
        for n, (count, label, kind) in enumerate(zip(counts, labels, kinds, strict=True))
    ]


def _percent(value: float) -> str:
    return f"{value:.2f}%"


def _bin(words: int) -> int:
    return max(n for n, edge in enumerate(EDGES) if edge <= words)


def _period_name(day: date, unit: str) -> str:
    if unit == "year":
        return str(day.year)
    if unit == "month":
        return f"{_MONTHS[day.month - 1]} {day.year}"
    return f"{'week of ' if unit == 'week' else ''}{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _stretch(first: date, last: date, unit: str) -> str:
    """Name a stretch of days, weeks, months or years; a part of the date that both ends share stands once."""
    if first == last:
        return _period_name(first, unit)
    start = _period_name(first, unit)
    if unit != "year" and first.year == last.year:
        start = start.removesuffix(f" {first.year}")
        if unit != "month" and first.month == last.month:
            start = start.removesuffix(f" {_MONTHS[first.month - 1]}")
    return f"{start} to {_period_name(last, unit).removeprefix('week of ')}"


def _time_ticks(volume: Volume) -> list[Tick]:
    """Return a word under the first bar, and under each bar that begins a month or a year."""
    days = [volume.begin(n) for n in range(len(volume.counts))]
    by_year = volume.unit in ("month", "year") or (days[-1] - days[0]).days > 500
    ticks = []
    for n, day in enumerate(days):
        before = days[n - 1] if n else None
        new_year = before is None or before.year != day.year
        if not new_year and (by_year or (before is not None and before.month == day.month)):
            continue
        month = _MONTHS[day.month - 1][:3]
        if volume.unit == "year":
            text = str(day.year)
        elif by_year:
            text = str(day.year) if n else f"{month} {day.year}"
        else:
            text = f"{day.day} {month}" if volume.unit == "day" else month
            text += f" {day.year}" if new_year else ""
        ticks.append(Tick(_percent(100 * n / len(days)), text, "start"))
    if len(ticks) == 1 and len(days) > 2:
        last = days[-1]
        ticks.append(Tick("100.00%", f"{last.day} {_MONTHS[last.month - 1][:3]}", "end"))
    return _thin_ticks(ticks, _MOST_TICKS)


def _thin_ticks(ticks: list[Tick], most: int) -> list[Tick]:
    """Leave out words that do not fit, and the second if it is too near to the first."""
    step = -(-len(ticks) // most)
    fitting = ticks[::step]
    if len(fitting) > 1 and float(fitting[1].x[:-1]) < 9 and fitting[1].anchor == "start":
        del fitting[1]
    return [replace(t, minor=bool(n % 2) and len(fitting) > 4) for n, t in enumerate(fitting)]


def _gaps(volume: Volume) -> str:
    empty = [n for n, count in enumerate(volume.counts) if not count]
    if not empty:
        last = volume.begin(len(volume.counts) - 1)
        return f"Every {volume.unit} has articles: {_stretch(volume.start, last, volume.unit)}."
    runs = [[n for _, n in run] for _, run in groupby(enumerate(empty), key=lambda pair: pair[1] - pair[0])]
    longest = sorted(sorted(runs, key=len, reverse=True)[:_MOST_GAPS])
    gaps = [_stretch(volume.begin(run[0]), volume.begin(run[-1]), volume.unit) for run in longest]
    rest = f"; and {plural(len(runs) - len(longest), 'shorter gap')}" if len(runs) > len(longest) else ""
    return f"No article in {len(empty):,} of {plural(len(volume.counts), volume.unit)}: {', '.join(gaps)}{rest}."


def _partial(volume: Volume, numbers: Sequence[int]) -> list[str]:
    """Say which units are not whole: a short last month is no fall in articles."""
    if not numbers or volume.first is None or volume.last is None:
        return []
    ends = ["first" if n == 0 else "last" for n in numbers]
    which = f"{' and the '.join(ends)} {volume.unit} {'is' if len(ends) == 1 else 'are'} not whole"
    return [f"The {which}: the articles are of {_stretch(volume.first, volume.last, 'day')}."]


def _outside(volume: Volume) -> list[str]:
    sentences = []
    stray = [
        f"{plural(count, 'article')} {where} it"
        for count, where in ((volume.before, "before"), (volume.after, "after"))
        if count
    ]
    if stray:
        sentences.append(f"The span leaves out dates that stand far apart: {' and '.join(stray)}.")
    if volume.implausible:
        have = "has" if volume.implausible == 1 else "have"
        sentences.append(f"{plural(volume.implausible, 'article')} {have} an implausible date, and {have} no bar.")
    if volume.undated:
        have = "has" if volume.undated == 1 else "have"
        sentences.append(f"{plural(volume.undated, 'article')} {have} no date that tells the day.")
    return sentences
