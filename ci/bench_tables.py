"""The tables of ci/bench: for a terminal, and as Markdown for docs/benchmarks.md."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

Figures = dict[str, Any]

MARK = "<!-- bench -->"  # stands before and after the tables in docs/benchmarks.md

CONTENDERS = {
    "check": "`copydesk check`, all of `news`",
    "sequence": "datatrove: its four filters in sequence, on English articles",
    "GopherRepetitionFilter": "datatrove: GopherRepetitionFilter alone",
    "GopherQualityFilter": "datatrove: GopherQualityFilter alone",
    "C4QualityFilter": "datatrove: C4QualityFilter alone",
    "FineWebQualityFilter": "datatrove: FineWebQualityFilter alone",
    "sequence, all languages": "datatrove: in sequence, on all articles (other languages are dropped half-way)",
    "regex": "Great Expectations: the lexicons alone, as one regex expectation in pandas",
}

#: What is said of an article, to see whether many take longer than few: whose it is, and which measure.
AN_ARTICLE = {
    "wall time": ("check", "wall"),
    "wall time less the import": ("check less import", "wall"),
    "CPU time less the import": ("check less import", "cpu"),
}

_LEAST = 0.01  # of all CPU time: what takes less has no row of its own
_ALL_ELSE = "(reading, samples, overview, start of Great Expectations)"

Table = list[list[str]]  # the first row is the head, the first column the labels


def tables(figures: Figures) -> list[Table]:
    """Return what was measured as tables."""
    made = [
        _sizes(figures["sizes"]),
        _checks(figures["checks"]),
        _rates(figures["rates"]),
        _formats(figures["formats"]),
    ]
    return [*made, _change(figures["change"])] if figures["change"] else made


def as_text(figures: Figures) -> str:
    """Return the tables for a terminal."""
    printed = [_machine(figures)]
    for table in tables(figures):
        plain = [[cell.replace("`", "").replace("**", "") for cell in row] for row in table]
        widths = [max(map(len, column)) for column in zip(*plain, strict=True)]
        lines = [[row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])] for row in plain]
        printed.append("\n".join("  ".join(line) for line in lines))
    return "\n\n".join([*printed, *_left_out(figures)])


def as_markdown(figures: Figures) -> str:
    """Return the tables as Markdown."""
    printed = []
    for head, *rows in tables(figures):
        lines = [head, ["---", *["--:"] * (len(head) - 1)], *rows]
        printed.append("\n".join(f"| {' | '.join(line)} |" for line in lines))
    return "\n\n".join([*printed, *_left_out(figures), _machine(figures)])


def put_into(file: Path, markdown: str) -> None:
    """Put the tables between the two marks of a file."""
    before, _, after = file.read_text(encoding="utf-8").split(MARK)
    file.write_text(f"{before}{MARK}\n{markdown}\n{MARK}{after}", encoding="utf-8")


def _sizes(sizes: list[Figures]) -> Table:
    base = f"{sizes[0]['times that of']['articles']:,}"
    kinds = len({size["kind"] for size in sizes})
    rows: list[tuple[str, Callable[[Figures], str]]] = [
        ("articles", lambda s: f"{s['articles']:,}" + (f" {s['kind']}" if kinds > 1 else "")),
        ("JSON lines", lambda s: _megabytes(s["bytes"])),
        ("wall time: `polars.read_ndjson`", lambda s: _seconds(_of_reading(s, "wall"))),
        ("wall time: `copydesk check`", lambda s: _seconds(s["check"]["wall"])),
        ("wall time: the import of Great Expectations", lambda s: _seconds(s["import"]["wall"])),
        ("wall time: `copydesk check` less the import", lambda s: _seconds(s["check less import"]["wall"])),
        ("**wall time: times reading**", lambda s: f"**{_times(s['times reading']['wall'])}**"),
        ("CPU time: `polars.read_ndjson`", lambda s: _seconds(_of_reading(s, "cpu"))),
        ("CPU time: `copydesk check` less the import", lambda s: _seconds(s["check less import"]["cpu"])),
        ("**CPU time: times reading**", lambda s: f"**{_times(s['times reading']['cpu'])}**"),
        ("peak memory: `polars.read_ndjson`", lambda s: _megabytes(_of_reading(s, "peak"))),
        ("peak memory: `copydesk check`", lambda s: _megabytes(s["check"]["peak"])),
        ("peak memory: times reading", lambda s: _times(s["times reading"]["peak"])),
        *(row for label in AN_ARTICLE for row in _an_article(label, base)),
        *((f"stage: {stage}", _stage(stage)) for stage in sizes[0]["stages"]),
    ]
    return [[label, *map(cell, sizes)] for label, cell in rows]


def _an_article(label: str, base: str) -> list[tuple[str, Callable[[Figures], str]]]:
    return [
        (f"an article: {label}", lambda s: f"{s['an article'][label] * 1e6:,.0f} µs"),
        (f"an article: {label}, times that of {base} articles", lambda s: _times(s["times that of"][label])),
    ]


def _stage(stage: str) -> Callable[[Figures], str]:
    return lambda size: _seconds(size["stages"][stage])


def _of_reading(size: Figures, measure: str) -> float | None:
    """Return what reading cost; None where the file was too large to be read at once."""
    return size["read"][measure] if size["read"] else None


def _checks(checks: Figures) -> Table:
    """Return what each check costs, the dearest first; then those together that take little, and what is no check."""
    *_, last = checks.values()
    names = sorted({n for kind in checks.values() for n in kind["seconds"]}, key=lambda n: -last["seconds"].get(n, 0))
    shown = [name for name in names if any(_share(kind, name) >= _LEAST for kind in checks.values())]
    rest = f"{len(names) - len(shown)} more"
    totals = []
    for kind in checks.values():
        told = kind["seconds"]
        few = sum(seconds for name, seconds in told.items() if name not in shown)
        all_else = max(kind["total"] - sum(told.values()), 0)
        totals.append(kind | {"seconds": told | {rest: few, _ALL_ELSE: all_else, "all": kind["total"]}})
    head = [f"CPU time by check, {last['articles']:,} articles, one thread"]
    head += [cell for kind in checks for cell in (kind, f"{kind}: an article", f"{kind}: of all")]
    return [
        head,
        *([name, *(cell for k in totals for cell in _check(k, name))] for name in [*shown, rest, _ALL_ELSE, "all"]),
    ]


def _check(kind: Figures, name: str) -> list[str]:
    seconds = kind["seconds"].get(name, 0.0)
    return [_seconds(seconds), f"{seconds / kind['articles'] * 1e6:,.0f} µs", f"{_share(kind, name):.1%}"]


def _share(kind: Figures, name: str) -> float:
    return float(kind["seconds"].get(name, 0.0) / max(kind["total"], 1e-9))


def _rates(rates: list[Figures]) -> Table:
    head = ["by CPU time", "articles a second and core", "`copydesk check` does", "passed"]
    rows = [
        [
            CONTENDERS[rate["name"]],
            "–" if rate["rate"] is None else f"{rate['rate']:,.0f}",
            _times(rate["times"]) if "times" in rate else "",
            f"{rate['passed']:,} of {rate['articles']:,}" if "passed" in rate else "",
        ]
        for rate in sorted(rates, key=lambda rate: list(CONTENDERS).index(rate["name"]))
    ]
    return [head, *rows]


def _formats(formats: list[Figures]) -> Table:
    head = ["reading alone, by CPU time", "articles a second and core", "times JSON lines", "articles"]
    rows = [
        [
            each["name"],
            "–" if each["rate"] is None else f"{each['rate']:,.0f}",
            _times(each["times"]),
            f"{each['articles']:,}",
        ]
        for each in formats
    ]
    return [head, *rows]


_SHARES = {"share": "times the first", "share less import": "times the first, less the import"}


def _change(change: Figures) -> Table:
    rows = [
        ["first run", _seconds(change["first"]["wall"]), _seconds(change["first"]["cpu"])],
        ["second run", _seconds(change["second"]["wall"]), _seconds(change["second"]["cpu"])],
        *([label, _times(change[share]["wall"]), _times(change[share]["cpu"])] for share, label in _SHARES.items()),
    ]
    return [[f"one file of {change['files']} changed", "wall time", "CPU time"], *rows]


def _left_out(figures: Figures) -> list[str]:
    left_out = []
    if all(rate["name"] != "sequence" for rate in figures["rates"]):
        left_out.append("Left out: datatrove, which is not installed (python ci/pins.py install bench).")
    if not figures["change"]:
        left_out.append("Left out: a second run after a change; this copydesk keeps no cache.")
    return left_out


def _machine(figures: Figures) -> str:
    machine = figures["machine"]
    packages = ", ".join(f"{name} {number}" for name, number in machine["packages"].items() if number)
    return (
        f"{machine['cores']} cores, {machine['memory'] / 1e9:.0f} GB, Python {machine['python']}, {packages};"
        f" load {machine['load before']:.1f} before the start."
    )


def _seconds(seconds: float | None) -> str:
    return "–" if seconds is None else f"{seconds:,.2f} s"


def _megabytes(size: float | None) -> str:
    return "–" if size is None else f"{size / 1e6:,.0f} MB"


def _times(ratio: float | None) -> str:
    if ratio is None:
        return "–"
    return f"{ratio:,.0f} ×" if ratio >= 100 else f"{ratio:.1f} ×" if ratio >= 10 else f"{ratio:.2f} ×"
