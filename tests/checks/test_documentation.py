"""The sections of a docstring: all of them, in order, and nothing of one in another."""

from __future__ import annotations

from textwrap import indent

from hypothesis import given
from hypothesis import strategies as st

from copydesk.checks import DOC_SECTIONS, Check, documentation

LINES = st.lists(st.sampled_from(["It rained.", "- body: a", "  finds: [a]", "", "Passes:x"]), min_size=1, max_size=4)


@given(st.lists(st.sampled_from(DOC_SECTIONS), unique=True), st.data())
def test_each_section_holds_its_own_lines(names: list[str], data: st.DataObject) -> None:
    texts = {name: ["First.", *data.draw(LINES), "Last."] for name in names}
    body = "".join(f"\n{name}:\n{indent(chr(10).join(lines), '    ')}\n" for name, lines in texts.items())
    kind = type("Documented", (Check,), {"__doc__": "Expect dry weather.\n" + body})
    parts = documentation(kind)
    assert parts.pop("title") == "Expect dry weather."
    assert list(parts) == names
    assert {name: part.split("\n") for name, part in parts.items()} == texts


def test_a_check_without_a_docstring_has_an_empty_title() -> None:
    assert documentation(type("Bare", (Check,), {"__doc__": None})) == {"title": ""}
