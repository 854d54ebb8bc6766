"""The outcome of an audit: its findings, the figures, and the gate."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from copydesk.lazy import pl
from copydesk.model.chunk import Rejected
from copydesk.model.finding import FINDING, SEVERITIES
from copydesk.outputs import whole

__all__ = ["Audit"]

#: How much of the words of a finding is printed.
_QUOTED = 90


@dataclass(frozen=True, slots=True)
class Audit:
    """An audit.

    articles: how many were audited; others: how many of the other collection they were held against.
    sides, labels: how many articles each split and each label has; null for those without.
    findings: the columns of FINDING; linked: with those of LINKS.
    rejected: rows that could not be read, which nothing was compared with.
    """

    version: str
    articles: int
    others: int
    sides: Sequence[tuple[str | None, int]]
    labels: Sequence[tuple[str | None, int]]
    findings: pl.DataFrame
    linked: pl.DataFrame
    rejected: Sequence[Rejected]
    fail_on: str

    @property
    def counts(self) -> dict[str, int]:
        """How many findings each kind has, the worst kinds first."""
        counted = self.findings.group_by("check", "severity").len()
        rank = {severity: n for n, severity in enumerate(SEVERITIES)}
        rows = sorted(counted.iter_rows(), key=lambda row: (rank[row[1]], -row[2], row[0]))
        return {str(check): int(count) for check, _, count in rows}

    @property
    def success(self) -> bool:
        """Whether the gate is open: no finding of the severity `fail_on`, or worse."""
        if self.fail_on == "never":
            return True
        shut = SEVERITIES[: SEVERITIES.index(self.fail_on) + 1]
        return not self.findings["severity"].is_in(shut).any()

    def json(self) -> str:
        """Return the figures as JSON, as `--result` writes them."""
        data = {
            "copydesk": self.version,
            "success": self.success,
            "fail_on": self.fail_on,
            "articles": self.articles,
            "others": self.others,
            "splits": [{"split": name, "articles": count} for name, count in self.sides],
            "labels": [{"label": name, "articles": count} for name, count in self.labels],
            "findings": self.counts,
            "rejected": [{"file": r.file, "line": r.line, "reason": r.reason} for r in self.rejected],
        }
        return json.dumps(data, ensure_ascii=False, indent=2) + "\n"

    def write_findings(self, path: Path) -> None:
        """Write the findings: as Parquet if the file's name ends in .parquet, else as JSON lines."""
        frame = self.findings.select(*FINDING)
        with whole(path) as part:
            if path.suffix == ".parquet":
                frame.write_parquet(part)
            else:
                frame.write_ndjson(part)

    def lines(self, examples: int) -> Iterator[str]:
        """Yield the lines of the summary; each kind with so many findings, the longest passages first."""
        against = f", held against {self.others:,} others" if self.others else ""
        yield f"{self.articles:,} articles{against}" + (
            f"; {len(self.rejected):,} rows could not be read" if self.rejected else ""
        )
        for title, values in (("splits", self.sides), ("labels", self.labels)):
            if len(values) > 1:
                yield f"{title}: " + ", ".join(f"{name or '(none)'} {count:,}" for name, count in values[:12])
        for kind, count in self.counts.items():
            rows = self.findings.filter(check=kind)
            yield f"{kind}: {count:,} ({rows['severity'][0]})"
            for row in rows.head(examples).iter_rows(named=True):
                twin = f" -> {row['related']}" if row["related"] else ""
                words = f": “{' '.join(row['text'].split())[:_QUOTED]}”" if row["text"] else ""
                yield f"  {row['article_id']}: {row['reason']}{twin}{words}"
        if not self.counts:
            yield "nothing found"
        yield f"gate: {'open' if self.success else 'shut'} (--fail-on {self.fail_on})"
