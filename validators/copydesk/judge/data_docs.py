"""What Data Docs of Great Expectations show of an expectation of news: a sentence, a link, and five examples.

Data Docs put the template of a string into the page as it is. So each text is escaped here, as one line. A dollar sign
is escaped too, since templates are filled in.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Mapping
from typing import Any, ClassVar, cast

from great_expectations.expectations.expectation import BatchExpectation
from great_expectations.render.components import (
    LegacyDiagnosticRendererType,
    LegacyRendererType,
    RenderedStringTemplateContent,
)
from great_expectations.render.renderer.renderer import renderer

from copydesk.checks import Check, RowCheck, documentation
from copydesk.project import documentation_address

__all__ = ["DataDocs", "examples_html", "sentence"]

_EXAMPLES = 5
_WORDS, _REASON = 200, 240  # characters
_OURS = "copydesk_expectations"  # the package whose checks docs/checks.md describes

#: Characters that show nothing or turn the reading direction, which would hide what stands beside them.
_UNSEEN = {**dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), *range(0x200B, 0x2010), 0xFEFF], "\ufffd")}

_renders = cast(Callable[..., Callable[[Any], Any]], renderer)


class DataDocs(BatchExpectation):
    """The renderers of the expectations of news."""

    check: ClassVar[type[Check]]

    @classmethod
    def is_abstract(cls) -> bool:
        """Say whether the class has no check, so that Great Expectations does not register it."""
        return not hasattr(cls, "check")

    @classmethod
    @_renders(renderer_type=LegacyRendererType.PRESCRIPTIVE)
    def _prescriptive_renderer(
        cls, configuration: Any = None, result: Any = None, runtime_configuration: Any = None
    ) -> list[RenderedStringTemplateContent]:
        configuration = configuration or (result.expectation_config if result else None)
        kwargs = configuration.kwargs if configuration else {}
        text = _escaped(sentence(cls.check, kwargs.get("mostly", 1), bool(kwargs.get("row_condition"))), 1000)
        if cls.check.__module__.partition(".")[0] == _OURS:
            address = html.escape(f"{documentation_address('docs/checks.md')}#{cls.check.name}")
            text += f' <a href="{address}">What it finds</a>'
        return [_content(text)]

    @classmethod
    @_renders(renderer_type=LegacyDiagnosticRendererType.UNEXPECTED_STATEMENT)
    def _diagnostic_unexpected_statement_renderer(
        cls, configuration: Any = None, result: Any = None, runtime_configuration: Any = None
    ) -> list[RenderedStringTemplateContent]:
        if result is None:
            return []
        if error := _error(result.exception_info):
            return [_content(f"It could not be judged: {_escaped(error, 1000)}")]
        found = result.result or {}
        if not found.get("unexpected_count"):
            return []
        counts = f"{found['unexpected_count']:,} of {found['element_count']:,} have findings."
        return [_content(f"<strong>{counts}</strong>{examples_html(found.get('evidence') or ())}")]

    @classmethod
    @_renders(renderer_type=LegacyDiagnosticRendererType.UNEXPECTED_TABLE)
    def _diagnostic_unexpected_table_renderer(
        cls, configuration: Any = None, result: Any = None, runtime_configuration: Any = None
    ) -> None:
        return None


def sentence(check: type[Check], mostly: Any, conditional: bool) -> str:
    """Return what is expected, as 'At least 99 % of articles have no finding of ad-residue: expect no line of …'.

    Args:
        check: the check.
        mostly: the share of articles from 0 to 1, or a suite parameter.
        conditional: whether only the articles count that meet a condition.
    """
    what = ("row", "rows") if issubclass(check, RowCheck) else ("article", "articles")
    where = " that meet the condition" if conditional else ""
    title = documentation(check)["title"]
    title = title[:1].lower() + title[1:]
    if isinstance(mostly, int | float) and mostly < 1:
        share = f"{100 * mostly:.4f}".rstrip("0").rstrip(".")
        return f"At least {share} % of {what[1]}{where} have no finding of {check.name}: {title}"
    if isinstance(mostly, int | float):
        return f"No {what[0]}{where.replace('meet', 'meets')} has a finding of {check.name}: {title}"
    return f"Most {what[1]}{where} have no finding of {check.name}: {title}"


def examples_html(evidence: Iterable[Mapping[str, Any]]) -> str:
    """Return the first findings as a list: the words, the reason, and the article."""
    items = ""
    for finding in list(evidence)[:_EXAMPLES]:
        words = f"<mark>{_escaped(finding['text'], _WORDS)}</mark> " if finding.get("text") else ""
        article = next((finding[key] for key in ("article_id", "index") if finding.get(key) is not None), None)
        where = f" <small>article {_escaped(article, _WORDS)}</small>" if article is not None else ""
        items += f"<li>{words}{_escaped(finding.get('reason') or '', _REASON)}{where}</li>"
    return f"<ul>{items}</ul>" if items else ""


def _escaped(text: object, most: int) -> str:
    """Return a text as one line of HTML that has no markup, and no dollar sign; cut if it is long."""
    line = " ".join(str(text)[: most + 1].translate(_UNSEEN).split())
    line = line if len(str(text)) <= most else line[:most] + "…"
    shown = "".join(c if c.isprintable() else "\ufffd" for c in line)
    return html.escape(shown).replace("$", "&#36;")


def _content(text: str) -> RenderedStringTemplateContent:
    return RenderedStringTemplateContent(
        content_block_type="string_template", string_template={"template": text, "tag": "div"}
    )


def _error(info: Mapping[str, Any] | None) -> str | None:
    """Return the message of an exception that Great Expectations caught, in the expectation or in a metric."""
    parts = [info, *info.values()] if info else []
    raised = (part for part in parts if isinstance(part, Mapping) and part.get("raised_exception"))
    return next((str(part.get("exception_message")) for part in raised), None)
