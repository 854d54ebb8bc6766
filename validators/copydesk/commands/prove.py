"""`copydesk prove`: plant defects in clean articles, and count those that a suite finds."""

from __future__ import annotations

import argparse
from pathlib import Path

from copydesk.errors import UsageError
from copydesk.lazy import pl

__all__ = ["add_to", "run"]


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser], epilog: str) -> None:
    """Add the command's parser."""
    command = commands.add_parser(
        "prove",
        help="plant defects in clean articles, and see which of them a suite finds",
        description="Plant every kind of defect in clean articles, run the suite, and print for each check the share"
        " that was found, by language, and the false alarms on the untouched text.",
    )
    command.add_argument(
        "paths",
        nargs="*",
        metavar="PATH",
        help="clean articles: files, folders, globs (default: the fixtures of a checkout of copydesk)",
    )
    command.add_argument("--suite", default="news", metavar="NAME|FILE.yml", help="the suite (default: news)")
    command.add_argument("--articles", type=int, default=1000, metavar="N", help="how many to use (default: 1000)")
    command.add_argument("--seed", type=int, default=0, help="of the random numbers that decide what goes where")
    command.add_argument("--debug", action="store_true", help=argparse.SUPPRESS)
    command.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print the share found of each kind of defect, and the false alarms on untouched text; return 0."""
    from copydesk.checks.suite import load_suite
    from copydesk.evaluate.prove import false_alarms, prove
    from copydesk.model.article import FIELDS
    from copydesk.readers import read

    suite = load_suite(arguments.suite)
    paths = arguments.paths or [_fixtures()]
    frame = pl.concat([c.articles for c in read(paths)], how="diagonal").head(arguments.articles)
    articles = frame.select(f for f in FIELDS if f in frame.columns).to_dicts()
    alarms = false_alarms(articles, suite)
    proofs = prove(articles, suite, seed=arguments.seed)
    print(f"{len(articles):,} articles, suite {suite.name}\n")
    print(f"{'check':26}{'defect':32}{'planted':>9}{'found':>9}{'share':>9}  languages below 99 %")
    for proof in proofs:
        low = [f"{k} {f}/{n}" for k, (f, n) in proof.by_language.items() if f < 0.99 * n]
        print(
            f"{proof.check:26}{proof.kind:32}{proof.planted:>9,}{proof.found:>9,}{proof.share:>8.1%}   {', '.join(low)}"
        )
    print(f"\nFalse alarms: articles of {len(articles):,} in which a check finds something without anything planted")
    for check in dict.fromkeys(c.name for c in suite.checks.values()):
        print(f"{check:26}{alarms[check]:>9,}{alarms[check] / len(articles):>9.2%}")
    unproved = [c.name for c in suite.checks.values() if c.name not in {p.check for p in proofs}]
    if unproved:
        print(f"\nNot planted, for want of a planter or of the fields it needs: {', '.join(unproved)}")
    return 0


def _fixtures() -> Path:
    """Return the clean articles of the checkout that this runs from; an installed copydesk has none."""
    clean = Path(__file__).parents[3] / "fixtures" / "clean.jsonl"
    if not clean.is_file():
        raise UsageError(
            "prove: expected a PATH of clean articles, got none. Name a file of your own, as in `copydesk prove"
            " articles.jsonl`."
        )
    return clean
