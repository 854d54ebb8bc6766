"""What ci/bench measures copydesk against: each in a process of its own, that prints as JSON what it cost.

    python ci/peers.py import                           Great Expectations, imported and nothing else
    python ci/peers.py read FILE                        polars reads all columns of a JSON lines file
    python ci/peers.py checks FILE                      copydesk check by check, as its --timing does
    python ci/peers.py filters FILE --from 0 --to 400   datatrove's four filters on articles 0 to 399
    python ci/peers.py regex FILE --from 0 --to 400     the lexicons as a regex expectation of Great Expectations

Costs are of the work alone, without starting Python and importing what it needs.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

Cost = dict[str, float]
Costs = dict[str, Cost]


def import_great_expectations() -> Costs:
    """Import Great Expectations."""

    def work() -> None:
        import great_expectations  # noqa: F401

    return {"import": cost(work)}


def read(file: Path) -> Costs:
    """Read a file with polars, once in a fresh process, as copydesk does: again in one process it takes 0.6 of it."""
    import polars as pl

    return {"read": cost(lambda: pl.read_ndjson(file))}


def checks(file: Path) -> dict[str, Any]:
    """Check a file with one thread; return `seconds` of CPU time by the name of the check, and the `total`."""
    from copydesk.engine.costs import Costs
    from copydesk.run import check

    costs = Costs()
    check([file], costs=costs, fail_on="never")
    return {"checks": {"seconds": costs.seconds, "total": costs.total()}}


def filters(file: Path, first: int, last: int) -> Costs:
    """Run datatrove's filters, as they are by default: made for English, with spaCy's tokenizer.

    Returns:
        The cost of `sequence`: a pipeline of the four on the English articles; what one drops the next does not see.
        Of each filter by itself on the same articles. And of `sequence, all languages`: those that are not English
        are dropped half-way.
    """
    from datatrove.data import Document
    from datatrove.pipeline.filters import (
        C4QualityFilter,
        FineWebQualityFilter,
        GopherQualityFilter,
        GopherRepetitionFilter,
    )

    four = (GopherRepetitionFilter, GopherQualityFilter, C4QualityFilter, FineWebQualityFilter)
    every = list(articles(file, first, last))
    english = [a for a in every if a["language"] == "en"]

    def filtered(some: list[dict[str, str]], *kinds: Callable[[], Any]) -> Cost:
        documents: Iterator[Any] = iter([Document(text=a["body"], id=a["id"]) for a in some])
        for kind in kinds:
            documents = kind().run(documents)
        passed: list[Any] = []
        spent = cost(lambda: passed.extend(documents))
        return spent | {"articles": len(some), "passed": len(passed)}

    filtered(english[:2], *four)  # loads the tokenizer
    return {
        "sequence": filtered(english, *four),
        **{kind.__name__: filtered(english, kind) for kind in four},
        "sequence, all languages": filtered(every, *four),
    }


def regex(file: Path, first: int, last: int) -> Costs:
    """Let Great Expectations look for the lines of our lexicons: one expectation, which is faster than one a kind.

    Returns:
        The cost, less that of looking at one article: making the pattern takes a second, whatever the number.
    """
    import great_expectations as gx
    import pandas as pd

    from copydesk.lexicon.lexicon import load
    from copydesk.lexicon.phrases import LINE_KINDS, SLOT

    phrases = sorted({p.text for p in load().phrases if p.kind in LINE_KINDS})
    pattern = "|".join(".+".join(map(re.escape, phrase.split(SLOT))) for phrase in phrases)
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    asset = context.data_sources.add_pandas("articles").add_dataframe_asset("articles")
    whole = asset.add_batch_definition_whole_dataframe("all")
    expectation = gx.expectations.ExpectColumnValuesToNotMatchRegex(column="body", regex=rf"(?im)^\s*(?:{pattern})\s*$")

    def validated(count: int) -> Cost:
        batch = whole.get_batch({"dataframe": some.head(count)})
        results: list[Any] = []
        spent = cost(lambda: results.append(batch.validate(expectation, result_format="SUMMARY")))
        return spent | {"articles": count, "found": results[0].result["unexpected_count"]}

    some = pd.DataFrame(articles(file, first, last))
    validated(1)
    fixed, spent = validated(1), validated(len(some))
    return {"regex": spent | {measure: spent[measure] - fixed[measure] for measure in ("wall", "cpu")}}


def articles(file: Path, first: int, last: int) -> Iterator[dict[str, str]]:
    """Yield the articles of a JSON lines file from number `first` to before `last`."""
    with file.open(encoding="utf-8") as lines:
        yield from map(json.loads, islice(lines, first, last))


def cost(work: Callable[[], object]) -> Cost:
    """Do some work; return seconds of wall and of CPU."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}


def main() -> None:
    """Run the contender that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    contenders = parser.add_subparsers(dest="contender", required=True)
    contenders.add_parser("import")
    for name in ("read", "checks"):
        contenders.add_parser(name).add_argument("file", type=Path)
    for name in ("filters", "regex"):
        contender = contenders.add_parser(name)
        contender.add_argument("file", type=Path)
        contender.add_argument("--from", dest="first", type=int, default=0)
        contender.add_argument("--to", dest="last", type=int, required=True)
    given = parser.parse_args()
    match given.contender:
        case "import":
            spent = import_great_expectations()
        case "read":
            spent = read(given.file)
        case "checks":
            spent = checks(given.file)
        case "filters":
            spent = filters(given.file, given.first, given.last)
        case _:
            spent = regex(given.file, given.first, given.last)
    print(json.dumps(spent))


if __name__ == "__main__":
    main()
