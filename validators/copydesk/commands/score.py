"""`copydesk score`: hold a suite's findings against paragraphs that people labelled."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from copydesk.errors import UsageError
from copydesk.lazy import pl

if TYPE_CHECKING:
    from copydesk.evaluate.score import Score

__all__ = ["add_to", "run"]

_QUOTED = 110


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser], epilog: str) -> None:
    """Add the command's parser."""
    command = commands.add_parser(
        "score",
        help="measure a suite against labelled articles",
        description="Measure a suite against articles whose paragraphs are labelled clean or residue: precision, recall"
        " and F1, with the worst false alarms and misses quoted.",
    )
    command.add_argument(
        "labelled", type=Path, metavar="LABELLED.jsonl", help="articles with `labels`; .gz is read too"
    )
    command.add_argument("--suite", default="news", metavar="NAME|FILE.yml", help="the suite (default: news)")
    command.add_argument("--family", default="residue", help="the checks that are scored (default: residue)")
    command.add_argument("--where", action="append", default=[], metavar="COLUMN=VALUE", help="only such rows")
    command.add_argument(
        "--examples", type=int, default=10, metavar="N", help="how many of each to quote (default: 10)"
    )
    command.add_argument("--result", type=Path, metavar="F.json", help="write the figures")
    command.add_argument("--debug", action="store_true", help=argparse.SUPPRESS)
    command.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print the figures, then false alarms and misses; return 0."""
    import json

    from copydesk.checks.suite import load_suite
    from copydesk.evaluate.score import filter_rows, score, scores
    from copydesk.outputs import write_text
    from copydesk.readers import find_files
    from copydesk.readers.files.guard import Guard, suite_file

    suite = load_suite(arguments.suite)
    paths = [arguments.labelled]
    guard = Guard({"--result": arguments.result}, reads=suite_file(arguments.suite), paths=paths)
    sources = find_files(paths)
    if not all(source.path and source.regular for source in sources):
        raise UsageError(f"{arguments.labelled}: expected a file, which is read twice, got a pipe or a device.")
    guard(sources, suite)
    judged = score(arguments.labelled, suite, family=arguments.family)
    judged = filter_rows(judged, arguments.where)
    figures = scores(judged)
    print(f"{'':34}{'residue':>9}{'clean':>9}{'hits':>8}{'alarms':>8}{'precision':>11}{'recall':>8}{'F1':>7}")
    for figure in figures:
        print(_row(figure))
    _quote("False alarms: clean, but flagged", judged.filter(flagged=True, kind="clean"), arguments.examples)
    _quote("Misses: residue, not flagged", judged.filter(flagged=False, kind="residue"), arguments.examples)
    if arguments.result:
        rows = [{"name": f.name, "residue": f.residue, "clean": f.clean, "hits": f.hits, "alarms": f.alarms,
                 "precision": f.precision, "recall": f.recall, "f1": f.f1} for f in figures]  # fmt: skip
        write_text(arguments.result, json.dumps(rows, indent=1, ensure_ascii=False) + "\n")
    return 0


def _row(figure: Score) -> str:
    numbers = "".join(
        f"{n:>{w},}"
        for n, w in zip((figure.residue, figure.clean, figure.hits, figure.alarms), (9, 9, 8, 8), strict=True)
    )
    shares = "".join(
        f"{'-' if n is None else format(n, '.3f'):>{w}}"
        for n, w in zip((figure.precision, figure.recall, figure.f1), (11, 8, 7), strict=True)
    )
    return f"{figure.name[:33]:34}{numbers}{shares}"


def _quote(title: str, rows: pl.DataFrame, examples: int) -> None:
    """Quote the lines that stand in most articles; what is wrong often is wrong worst."""
    from copydesk.reports.one_line import printable
    from copydesk.text.expressions import normalised

    worst = (
        rows.group_by(normalised(pl.col("text")).alias("line"))
        .agg(pl.col("text").first(), pl.col("article").n_unique().alias("articles"), pl.col("by").first())
        .sort("articles", "line", descending=[True, False])
        .head(examples)
    )
    if worst.height:
        print(f"\n{title} ({rows['article'].n_unique():,} articles)")
    for text, articles, by in worst.select("text", "articles", "by").iter_rows():
        print(f"  {articles:>5,}  {printable(text.strip()[:_QUOTED])}{'  [' + ', '.join(by) + ']' if by else ''}")
