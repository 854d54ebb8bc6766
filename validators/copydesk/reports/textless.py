"""Results without texts, for collections whose texts may not be shared: hashes, places and counts only.

Ids and reasons are hashed and left out too: both may hold words of the article. Names of publishers, files, rows and
fields stay, for they are the places.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace

import polars as pl

from copydesk.model.chunk import Rejected
from copydesk.model.finding import LINKS
from copydesk.model.overview import Copies, Copy, Overview
from copydesk.model.result import Acceptance, AcceptedEntry, ExpectationResult, Result

__all__ = ["hash_text", "without_text"]

_REASON = "the reason is left out, as all texts are"


def hash_text(text: str) -> str:
    """Return a hash of a text: equal texts have equal hashes. It is empty for the empty text.

    >>> hash_text("Hide Ad"), hash_text("")
    ('#cdd421836f', '')
    """
    return "#" + hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=5).hexdigest() if text else ""


def without_text(result: Result) -> Result:
    """Return a result in which no text of an article is left."""
    return replace(
        result,
        findings=_hashed(result.findings),
        linked=None if result.linked is None else _hashed(result.linked),
        baseline=result.baseline and replace(result.baseline, findings=_hashed(result.baseline.findings)),
        accepted=result.accepted and _acceptance(result.accepted),
        samples=(),
        overview=result.overview and _overview(result.overview),
        expectations=tuple(map(_expectation, result.expectations)),
        rejected=tuple(Rejected(r.file, r.line, _REASON) for r in result.rejected),
        store=None,
        textless=True,
    )


def _hashed(findings: pl.LazyFrame) -> pl.LazyFrame:
    columns = findings.collect_schema().names()
    names = [c for c in ("article_id", "text", "twin_id") if c in columns]
    gone = [c for c in ("related", "replacement") if c in columns and c not in LINKS]
    hashed = [pl.col(c).map_elements(hash_text, return_dtype=pl.String) for c in names]
    return findings.with_columns(
        *hashed, *(pl.lit(None, pl.String).alias(c) for c in gone), reason=pl.lit(_REASON, pl.String)
    )


def _acceptance(accepted: Acceptance) -> Acceptance:
    return replace(
        accepted,
        findings=_hashed(accepted.findings),
        entries=_entries(accepted.entries),
        expired=_entries(accepted.expired),
        unused=_entries(accepted.unused),
    )


def _entries(entries: tuple[AcceptedEntry, ...]) -> tuple[AcceptedEntry, ...]:
    """Leave out the reasons, too: a person who gives one may quote the article."""
    return tuple(
        replace(e, article_id=hash_text(e.article_id), text=hash_text(e.text), reason=_REASON) for e in entries
    )


def _expectation(e: ExpectationResult) -> ExpectationResult:
    """Leave out values, and the message of an expectation that is not ours: it may quote values."""
    return replace(e, values=(), message=e.message if e.check else "")


def _overview(overview: Overview) -> Overview:
    work = overview.work and replace(
        overview.work,
        publishers=tuple(
            replace(w, changes=tuple(replace(c, text=hash_text(c.text)) for c in w.changes))
            for w in overview.work.publishers
        ),
    )
    return replace(
        overview,
        lines=tuple(replace(line, text=hash_text(line.text)) for line in overview.lines),
        copies=tuple(map(_copies, overview.copies)),
        work=work,
    )


def _copies(cluster: Copies) -> Copies:
    return replace(cluster, original=_copy(cluster.original), copies=tuple(map(_copy, cluster.copies)))


def _copy(copy: Copy) -> Copy:
    return replace(copy, id=hash_text(copy.id), reason="", article=None)
