"""Measure what `copydesk check` costs, next to merely reading the same articles and to other tools. Prints ratios.

    ci/bench                                    10 000 and 100 000 articles: minutes
    ci/bench --articles 10000 100000 1000000    a million too: 7 GB of disk, 10 GB of memory (for polars, to read them)
    ci/bench --like a.jsonl.gz --like b.jsonl.gz=0.1    beside the made-up collections others from real articles, a
                                                tenth of the rows from b. The tables hold no text of theirs
    ci/bench --write docs/benchmarks.md         put the tables into that page, between its two marks <!-- bench -->

The collections are made up, the same on any machine (ci/collection.py). With --like there are as many from the real
articles of those files, their words shuffled so that none is a copy (ci/shuffled.py), and other tools, formats and a
second run are measured on these. The contenders take turns, and a figure is the
median of the rounds, so that whatever else goes on in the machine meets them alike; above 100 000 articles there is one
round. copydesk runs as a user runs it: suite `news`, report, findings and result written, in a folder without a cache.
Taken off is the import of Great Expectations, as a process measures it that does nothing else; what starts Python and
loads copydesk and polars is not. copydesk itself spends less on that import, since it loads some of what is imported
there only when it is used: so its time less the import can be less than nothing, and then has no ratio. Reading is the
call of `polars.read_ndjson` alone, in a fresh process, the file in memory; it is left out where the file is so large
that polars would need more memory than there is. What each check costs is from a run of its own, as `--timing` does.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections import defaultdict
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from statistics import median
from typing import Any

from bench_collections import (
    CI,
    ENVIRONMENT,
    PARTS,
    ROOT,
    Files,
    collection,
    hold_in_memory,
    is_readable,
    memory_of_machine,
    split,
)
from bench_costs import MEASURES, cost, less, medians, ratio, total
from bench_tables import AN_ARTICLE, MARK, as_markdown, as_text, put_into
from copydesk.errors import CopydeskError
from measure import CommandError, Run, run, say
from shuffled import equal_shares, file_and_share

Figures = dict[str, Any]
Costs = dict[str, dict[str, Any]]

PACKAGES = ("copydesk", "polars", "pyarrow", "numpy", "pandas", "great_expectations", "datatrove", "spacy")
LARGE = 100_000  # articles above which there is one round
FORMATS = 5_000  # articles that are read in each format
MADE, LIKE = "made up", "like real"


def check(path: Path, folder: Path) -> Run:
    """Check a collection as a user does, in a folder that holds the outputs afterwards."""
    outputs = ("--report", "report.html", "--findings", "findings.jsonl", "--result", "result.json")
    command = [sys.executable, "-m", "copydesk", "check", path, *outputs, "--fail-on", "never", "--quiet"]
    return run(command, folder=folder, environment=ENVIRONMENT)


def peer(*arguments: object) -> Costs:
    """Run a contender of ci/peers.py; return what it says that its work cost, and the peak of its memory."""
    done = run([sys.executable, CI / "peers.py", *map(str, arguments)], folder=ROOT, environment=ENVIRONMENT)
    return {name: {**spent, "peak": done.peak} for name, spent in json.loads(done.printed.splitlines()[-1]).items()}


def against_reading(file: Path, count: int, rounds: int) -> Figures:
    """Measure copydesk against reading the file."""
    costs = defaultdict(list)
    found: set[str] = set()
    hold_in_memory(file)
    for number in range(rounds):
        say(f"{count:,} articles, round {number + 1} of {rounds}")
        for name, spent in (peer("import") | (peer("read", file) if is_readable(file) else {})).items():
            costs[name].append(spent)
        with tempfile.TemporaryDirectory(prefix="copydesk-bench-") as folder:
            costs["check"].append(cost(check(file, Path(folder))))
            found.add(hashlib.sha256(Path(folder, "findings.jsonl").read_bytes()).hexdigest())
            if len(found) > 1:
                raise CommandError(f"round {number + 1} over {file} has found other things than those before it.")
            costs["stages"].append(json.loads(Path(folder, "result.json").read_text(encoding="utf-8"))["timing"])
    figures: Figures = {name: medians(some) for name, some in costs.items()}
    figures["check less import"] = less(figures["check"], figures["import"])
    reading = figures.setdefault("read", None) or dict.fromkeys(MEASURES, 0)
    figures["times reading"] = {m: ratio(figures["check less import"][m], reading[m]) for m in MEASURES}
    return {"articles": count, "bytes": file.stat().st_size, "rounds": rounds, **figures}


def against_others(file: Path, checked: Figures, sample: int, rounds: int) -> list[Figures]:
    """Measure other tools on the first articles of a file, by CPU time: articles a second and core.

    Args:
        file: articles as JSON lines.
        checked: what `against_reading` says of that file.
        sample: how many articles; datatrove has its part of them in each round, which takes it long enough.
        rounds: how often.
    """
    costs = defaultdict(list)
    for number in range(rounds):
        say(f"other tools, round {number + 1} of {rounds}")
        part = ("--from", sample * number // rounds, "--to", sample * (number + 1) // rounds)
        filters = peer("filters", file, *part) if installed("datatrove") else {}
        for name, spent in (filters | peer("regex", file, "--to", sample)).items():
            costs[name].append(spent)
    own = ratio(checked["articles"], checked["check less import"]["cpu"])
    rates: list[Figures] = [{"name": "check", "rate": own, "articles": checked["articles"]}]
    for name, some in costs.items():
        told = [ratio(spent["articles"], spent["cpu"]) for spent in some]
        rate = median(each for each in told if each) if all(told) else None
        times = ratio(own, rate) if own and rate else None
        rates.append({"name": name, "rate": rate, "times": times, "articles": total(some, "articles")})
        rates[-1] |= {"passed": total(some, "passed")} if "passed" in some[0] else {}
    return rates


def by_format(file: Path, count: int, rounds: int) -> list[Figures]:
    """Measure what the reading of the first articles of a file costs in several formats, by CPU time."""
    costs = defaultdict(list)
    for number in range(rounds):
        say(f"formats, round {number + 1} of {rounds}")
        command = [sys.executable, CI / "bench_formats.py", file, "--articles", str(count)]
        done = run(command, folder=ROOT, environment=ENVIRONMENT)
        for name, spent in json.loads(done.printed.splitlines()[-1]).items():
            costs[name].append(spent)
    spent = {name: median(each["cpu"] for each in some) for name, some in costs.items()}
    return [
        {
            "name": name,
            "articles": some[0]["articles"],
            "rate": ratio(some[0]["articles"], spent[name]),
            "times": ratio(spent[name], spent["JSON lines"]),
        }
        for name, some in costs.items()
    ]


def after_a_change(file: Path, checked: Figures, rounds: int) -> Figures | None:
    """Measure a second run over ten files of which one has changed; None while copydesk keeps no cache."""
    described = run([sys.executable, "-m", "copydesk", "check", "--help"], folder=ROOT, environment=ENVIRONMENT)
    if "--no-cache" not in described.printed:
        return None
    costs = defaultdict(list)
    for number in range(rounds):
        say(f"one file of {PARTS} changes, round {number + 1} of {rounds}")
        with tempfile.TemporaryDirectory(prefix="copydesk-bench-") as name:
            folder = Path(name)
            parts = split(file, checked["articles"], folder / "articles")
            costs["first"].append(cost(check(folder / "articles", folder)))
            with parts[number % PARTS].open("r+b") as changed:
                story = changed.readline()
                changed.seek(0, os.SEEK_END)
                changed.write(story)
            costs["second"].append(cost(check(folder / "articles", folder)))
    first, second = (medians(costs[name]) for name in ("first", "second"))
    rest, again = (less(spent, checked["import"]) for spent in (first, second))
    return {
        "files": PARTS,
        "first": first,
        "second": second,
        "share": {m: ratio(second[m], first[m]) for m in MEASURES},
        "share less import": {m: ratio(again[m], rest[m]) for m in MEASURES},
    }


def installed(package: str) -> str | None:
    """Return the version of a package, None where it is not installed."""
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def machine() -> Figures:
    """Say where and when this is measured, and what with."""
    commit = subprocess.run(["git", "-C", ROOT, "rev-parse", "--short", "HEAD"], capture_output=True, text=True)
    return {
        "cores": os.cpu_count(),
        "memory": memory_of_machine(),
        "load before": os.getloadavg()[0],
        "platform": platform.platform(),
        "python": platform.python_version(),
        "packages": {name: installed(name) for name in PACKAGES},
        "commit": commit.stdout.strip() or None,
        "time": datetime.now(UTC).isoformat(timespec="seconds"),
    }


def measured(counts: list[int], folder: Path, *, rounds: int, sample: int, like: Files = ()) -> Figures:
    """Make the collections, and measure everything."""
    figures: Figures = {"machine": machine(), "sizes": [], "checks": {}}
    for kind, models in {MADE: (), LIKE: like}.items() if like else {MADE: ()}.items():
        files = {count: collection(count, folder, models) for count in sorted(counts)}
        sizes = [against_reading(file, n, 1 if n > LARGE else rounds) | {"kind": kind} for n, file in files.items()]
        # Other things are compared where the rounds are many and the time of starting weighs least.
        checked = max(
            (size for size in sizes if size["articles"] <= LARGE), key=lambda s: s["articles"], default=sizes[0]
        )
        compare_articles(sizes, checked)
        file = files[checked["articles"]]
        say(f"{checked['articles']:,} articles, check by check")
        figures["checks"][kind] = peer("checks", file)["checks"] | {"articles": checked["articles"]}
        figures["sizes"] += sizes
    figures["sizes"].sort(key=lambda size: size["articles"])  # of one number, what is made up comes first
    return figures | {
        "kind": kind,
        "rates": against_others(file, checked, min(sample, checked["articles"]), rounds),
        "formats": by_format(file, min(FORMATS, checked["articles"]), rounds),
        "change": after_a_change(file, checked, rounds),
    }


def compare_articles(sizes: list[Figures], base: Figures) -> None:
    """Say of each size what an article costs, and how many times that of another size."""
    for size in sizes:
        size["an article"] = {label: size[who][m] / size["articles"] for label, (who, m) in AN_ARTICLE.items()}
    for size in sizes:
        size["times that of"] = {"articles": base["articles"]}
        for label, spent in size["an article"].items():
            size["times that of"][label] = ratio(spent, base["an article"][label])
        size["times that of"]["peak"] = ratio(size["check"]["peak"], base["check"]["peak"])


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, nargs="+", default=[10_000, 100_000], metavar="N")
    parser.add_argument(
        "--like",
        action="append",
        default=[],
        metavar="FILE[=SHARE]",
        help="real articles, in any format that copydesk reads; a SHARE of the rows is like these (default: the rest)",
    )
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="take collections from there, leave new ones there")
    parser.add_argument("--rounds", type=int, default=3, metavar="N", help="(default: 3)")
    parser.add_argument(
        "--sample", type=int, default=1_200, metavar="N", help="for other tools (default: 1200 articles)"
    )
    parser.add_argument("--markdown", action="store_true", help="print the tables as Markdown")
    parser.add_argument("--write", type=Path, metavar="F.md", help=f"put the tables between the marks {MARK} of F.md")
    parser.add_argument("--json", type=Path, metavar="F.json", help="write all figures, and what the machine is")
    given = parser.parse_args()
    if given.write and given.write.read_text(encoding="utf-8").count(MARK) != 2:
        parser.error(f"{given.write}: expected {MARK} twice, around the tables.")
    with tempfile.TemporaryDirectory(prefix="copydesk-bench-") as temporary:
        folder = (given.keep or Path(temporary)).absolute()
        folder.mkdir(parents=True, exist_ok=True)
        try:
            like = tuple(map(file_and_share, given.like))
            equal_shares([share for _, share in like] or [None])
            figures = measured(given.articles, folder, rounds=given.rounds, sample=given.sample, like=like)
        except CopydeskError as wrong:
            parser.error(str(wrong))
        except CommandError as failed:
            say(str(failed))
            return 1
    if given.json:
        given.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    if given.write:
        put_into(given.write, as_markdown(figures))
    print(as_markdown(figures) if given.markdown else as_text(figures))
    return 0


if __name__ == "__main__":
    sys.exit(main())
