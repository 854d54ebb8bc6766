"""JUnit XML: a test case for each expectation, for whatever shows test results (Jenkins, GitLab, Azure, CircleCI).

A case fails exactly where it shuts the gate: a failed expectation that is milder than `--fail-on` stays a passed case,
with its evidence in `system-out`, so that the test results and the exit status never disagree. One that could not be
judged is an error, one that does not apply is skipped. Expectations are judged together; only the suite has a time.
"""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as Xml

from copydesk.outputs import write_text
from copydesk.reports.examples import examples
from copydesk.reports.one_line import cut, shown
from copydesk.reports.regions import Regions
from copydesk.reports.told import counts, names, tell
from copydesk.reports.verdict import verdict
from copydesk.result import ExpectationResult, Result

__all__ = ["render", "write"]

_EXAMPLES = 10
_REASON = 240  # columns


def write(result: Result, path: Path) -> None:
    """Write the test results of a run."""
    write_text(path, render(result))


def render(result: Result) -> str:
    """Return the test results of a run as the text of an XML file."""
    deciding, found, regions = result.deciding, examples(result, _EXAMPLES), Regions()
    suite = Xml.Element("testsuite", name=shown(result.suite))
    for name, e in zip(names(result), result.expectations, strict=True):
        case = Xml.SubElement(suite, "testcase", classname=_class(e, result), name=name, time="0")
        if e.success is None:
            Xml.SubElement(case, "skipped", message=cut(shown(e.message), _REASON) or "not applicable")
        elif not e.success:
            lines = [f"{e.severity}: {counts(e)}", *tell(e, found.get(e.check or "", []), regions)]
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
    whole = Xml.Element("testsuites", {"name": "copydesk", **{k: v for k, v in suite.items() if k != "name"}})
    whole.append(suite)
    Xml.indent(whole)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + Xml.tostring(whole, encoding="unicode") + "\n"


def _class(e: ExpectationResult, result: Result) -> str:
    return shown(f"{result.suite}.{e.family or 'great_expectations'}")


def _about(result: Result) -> str:
    read = result.collection
    return f"{verdict(result)}\n{read.articles:,} articles, {read.files:,} files, {shown(result.command)}"
