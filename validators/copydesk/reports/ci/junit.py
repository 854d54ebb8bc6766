"""JUnit XML: a test case for each expectation, for whatever shows test results (Jenkins, GitLab, Azure, CircleCI).

The test results and the exit status must agree: a case fails exactly where its expectation shuts the gate. A failed
expectation that is milder than `--fail-on` is a passed case with its evidence in `system-out`. One that could not be
judged is an error. One that does not apply is skipped. Only the suite has a time: expectations are judged together.
"""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as Xml

from copydesk.model.result import Result
from copydesk.outputs import write_text
from copydesk.reports.accepted import about, entries_to_drop
from copydesk.reports.examples import examples
from copydesk.reports.failures import counts, detail_lines, names
from copydesk.reports.one_line import trim
from copydesk.reports.regions import Regions
from copydesk.reports.verdict import verdict

__all__ = ["render", "write"]

_EXAMPLES = 10
_ENTRIES = 20  # of accepted findings, of each kind to drop
_NAME, _REASON, _COMMAND = 120, 240, 2000  # columns
_OWN = "great_expectations"  # in place of a family


def write(result: Result, path: Path) -> None:
    """Write the test results of a run."""
    write_text(path, render(result))


def render(result: Result) -> str:
    """Return the test results of a run as the text of an XML file."""
    deciding, by_check, regions = result.deciding, examples(result, _EXAMPLES), Regions()
    suite = Xml.Element("testsuite", name=trim(result.suite, _NAME))
    for name, e in zip(names(result), result.expectations, strict=True):
        family = trim(f"{result.suite}.{e.family or _OWN}", _NAME)
        case = Xml.SubElement(suite, "testcase", classname=family, name=name, time="0")
        if e.success is None:
            Xml.SubElement(case, "skipped", message=trim(e.message, _REASON) or "not applicable")
        elif not e.success:
            lines = [f"{e.severity}: {counts(e)}", *detail_lines(e, by_check.get(e.check or "", []), regions)]
            if e in deciding:
                tag = "error" if e.unjudged else "failure"
                Xml.SubElement(case, tag, message=counts(e), type=e.severity).text = "\n".join(lines)
            else:
                lines.insert(0, f"did not hold, but shuts no gate (--fail-on {result.fail_on})")
                Xml.SubElement(case, "system-out").text = "\n".join(lines)
    for outcome, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(outcome, str(len(suite.findall(f"testcase/{tag}"))))
    suite.set("tests", str(len(result.expectations)))
    suite.set("time", f"{sum(result.timing.values()):.3f}")
    Xml.SubElement(suite, "system-out").text = _about(result)
    root = Xml.Element("testsuites", {"name": "copydesk", **{k: v for k, v in suite.items() if k != "name"}})
    root.append(suite)
    Xml.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + Xml.tostring(root, encoding="unicode") + "\n"


def _about(result: Result) -> str:
    read, command = result.collection, trim(result.command, _COMMAND)
    compared = f"against the baseline: {result.baseline}\n" if result.baseline else ""
    return (
        f"{verdict(result)}\n{compared}{_accepted(result)}{read.articles:,} articles, {read.files:,} files, {command}"
    )


def _accepted(result: Result) -> str:
    """Return the lines about accepted findings; nothing where no file of them was given."""
    if result.accepted is None:
        return ""
    lines = [f"accepted findings: {result.accepted}"]
    for title, entries in entries_to_drop(result.accepted):
        lines += [f"{title}: {trim(str(e), _NAME)}: {trim(about(e), _REASON)}" for e in entries[:_ENTRIES]]
        if len(entries) > _ENTRIES:
            lines.append(f"{title}: and {len(entries) - _ENTRIES:,} more")
    return "".join(f"{line}\n" for line in lines)
