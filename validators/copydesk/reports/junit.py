"""JUnit XML: a test case for each expectation, for whatever shows test results (Jenkins, GitLab, Azure, CircleCI).

A case fails exactly where it shuts the gate: a failed expectation that is milder than `--fail-on` stays a passed case,
with its evidence in `system-out`, so that the test results and the exit status never disagree. One that could not be
judged is an error, one that does not apply is skipped. Expectations are judged together; only the suite has a time.
"""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as Xml

from copydesk.outputs import write_text
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
    deciding = {id(e) for e in result.deciding}
    regions = Regions()
    suite = Xml.Element("testsuite", name=shown(result.suite))
    for name, e in zip(names(result), result.expectations, strict=True):
        case = _case(name, e, result, regions, shuts=id(e) in deciding)
        suite.append(case)
    for outcome, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(outcome, str(len(suite.findall(f"testcase/{tag}"))))
    suite.set("tests", str(len(result.expectations)))
    suite.set("time", f"{sum(result.timing.values()):.3f}")
    Xml.SubElement(suite, "system-out").text = _about(result)
    whole = Xml.Element("testsuites", {"name": "copydesk", **{k: v for k, v in suite.items() if k != "name"}})
    whole.append(suite)
    Xml.indent(whole)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + Xml.tostring(whole, encoding="unicode") + "\n"


def _case(name: str, e: ExpectationResult, result: Result, regions: Regions, *, shuts: bool) -> Xml.Element:
    family = e.family or "great_expectations"
    case = Xml.Element("testcase", classname=shown(f"{result.suite}.{family}"), name=name, time="0")
    if e.success is None:
        Xml.SubElement(case, "skipped", message=cut(shown(e.message), _REASON) or "not applicable")
    elif not e.success:
        lines = "\n".join([f"{e.severity}: {counts(e)}", *tell(e, result, regions, most=_EXAMPLES).lines])
        if shuts:
            tag = "error" if e.unjudged else "failure"
            Xml.SubElement(case, tag, message=counts(e), type=e.severity).text = lines
        else:
            mild = f"did not hold, but shuts no gate (--fail-on {result.fail_on})"
            Xml.SubElement(case, "system-out").text = f"{mild}\n{lines}"
    return case


def _about(result: Result) -> str:
    read = result.collection
    return f"{verdict(result)}\n{read.articles:,} articles, {read.files:,} files, {shown(result.command)}"
