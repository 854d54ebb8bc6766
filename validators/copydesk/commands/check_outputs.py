"""The outputs of `copydesk check`: the files that it writes on request."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from copydesk.model.result import Result

__all__ = ["OUTPUTS", "Output", "write_outputs"]


@dataclass(frozen=True, slots=True)
class Output:
    """A file that the command writes on request.

    writer: "module:function", imported when it is asked for; called with the result and the path.
    """

    name: str
    metavar: str
    help: str
    writer: str

    def write(self, result: Result, path: Path) -> None:
        """Write the file, whole or not at all."""
        self.load()(result, path)

    def load(self) -> Callable[[Result, Path], None]:
        """Return what writes it."""
        module, _, function = self.writer.partition(":")
        writer: Callable[[Result, Path], None] = getattr(import_module(module), function)
        return writer


OUTPUTS = (
    Output("report", "F.html", "write a report to read in a browser", "copydesk.reports.html.report:write"),
    Output("result", "F.json", "write the result", "copydesk.reports.data:write_result"),
    Output(
        "findings",
        "F.jsonl|F.parquet|F.csv",
        "write every finding, a line each",
        "copydesk.reports.data:write_findings",
    ),
    Output("junit", "F.xml", "write the expectations as test cases (JUnit XML)", "copydesk.reports.ci.junit:write"),
    Output("sarif", "F.sarif", "write findings for code scanning and editors", "copydesk.reports.ci.sarif:write"),
    Output("markdown", "F.md", "write a summary, as for $GITHUB_STEP_SUMMARY", "copydesk.reports.ci.markdown:write"),
    Output(
        "codequality", "F.json", "write findings for GitLab's merge requests", "copydesk.reports.ci.codequality:write"
    ),
)

#: How many outputs are written at once.
_BESIDE = 2


def write_outputs(result: Result, asked: Mapping[Output, Path]) -> None:
    """Write the outputs that were asked for, several at once."""
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(_BESIDE) as pool:
        list(pool.map(lambda output: output.write(result, asked[output]), asked))
