"""Suggesting a suite: from files to the suite's text."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from copydesk.checks.suite import Suite, load_suite, parse_suite
from copydesk.engine.collection import MEMORY
from copydesk.engine.threads import CORES
from copydesk.gate.outcome import expect_articles
from copydesk.model.article import FIELDS, MEASURES
from copydesk.outputs import write_text
from copydesk.readers import Paths, ReadOptions, Source, even_chunks, find_files, list_paths, read_files
from copydesk.suggestion.entries import Suggested, all_entries, suite_text
from copydesk.suggestion.evidence import Evidence

__all__ = ["Suggestion", "suggest"]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A suggested suite: its text, its entries, what is bad and left out, and how many articles it comes from."""

    text: str
    entries: Sequence[Suggested]
    bad: Sequence[Suggested]
    articles: int

    @property
    def suite(self) -> Suite:
        """The suite, as `copydesk.check` takes it."""
        return parse_suite(self.text, file="the suggested suite")


def suggest(
    paths: Paths,
    output: str | Path | None = None,
    *,
    suite: str | Path | Suite = "news",
    name: str | None = None,
    mapped: Mapping[str, str] | None = None,
    options: ReadOptions | None = None,
    stdin: BinaryIO | None = None,
    memory: int = MEMORY,
    guard: Callable[[Sequence[Source], Suite], None] | None = None,
) -> Suggestion:
    """Suggest a suite for collections like one that its owner calls good.

    Args:
        paths: one or several: files, folders, globs, or "-" for JSON lines on standard input.
        output: the file of the suite; None to write nothing.
        suite: the checks that are tried, with their options and severities. Its tolerances do not matter.
        name: the name of the suite; by default that of the output.
        mapped: field to column, for columns that are not recognised.
        options: how files are read, where more must be said than which column is which.
        stdin: where "-" is read from.
        memory: how many bytes are held in memory before they are written to disk.
        guard: called with the files and the suite before any work.

    Raises:
        UsageError: the suite or the map is wrong.
        InputError: a file cannot be read at all, or there are no articles.
    """
    from copydesk import __version__

    paths = list_paths(paths)
    tried = suite if isinstance(suite, Suite) else load_suite(suite)
    sources = find_files(paths, options)
    if guard:
        guard(sources, tried)
    evidence = Evidence(tried, memory)
    try:
        extra = tried.columns.difference(FIELDS, MEASURES)
        chunk_bytes = even_chunks(sources, CORES)
        for chunk in read_files(sources, mapped=mapped, extra=extra, stdin=stdin, chunk_bytes=chunk_bytes):
            evidence.add(chunk)
        expect_articles(evidence.articles, paths, evidence.run.rejected)
        evidence.run.finish()
        entries = all_entries(evidence, tried)
        head = [
            f"Suggested by copydesk {__version__} from {evidence.articles:,} articles of {', '.join(map(str, paths))}.",
            "Above each expectation stands what was observed, and what is allowed. Change it, and commit the file.",
        ]
        called = name or (Path(output).stem if output is not None else "suggested")
        text = suite_text(called, head, entries)
        if output is not None:
            write_text(Path(output), text)
        good, bad = [e for e in entries if not e.bad], [e for e in entries if e.bad]
        return Suggestion(text, good, bad, evidence.articles)
    finally:
        evidence.close()
