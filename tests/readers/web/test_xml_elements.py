"""An element is found in any namespace, and its text is that of a reader."""

from __future__ import annotations

import pytest

from copydesk.readers.web.xml_elements import (
    EntityError,
    find,
    find_all,
    find_within,
    html_of,
    lines_of,
    local_name,
    raw_of,
    text_of,
    texts_of,
)

etree = pytest.importorskip("lxml.etree")

ROOT = etree.fromstring(
    '<r xmlns:n="urn:n"><n:Body><p>It <b>rained</b>.</p><p>Twice.</p><script>x</script></n:Body>'
    '<tag name="a"> one </tag><tag name=""/><html>&lt;p&gt;It rained.&lt;/p&gt;</html></r>'
)


def test_elements_are_found_by_their_names_alone() -> None:
    assert local_name(find(ROOT, "body")) == "Body" and find(ROOT, "p") is None
    assert [text_of(p) for p in find_all(ROOT, "body", "p")] == ["It rained.", "Twice."]
    assert text_of(find_within(ROOT, "b")) == "rained"


def test_a_block_is_a_line_and_a_script_is_no_text() -> None:
    body = find(ROOT, "body")
    assert lines_of(body) == "It rained.\nTwice." and text_of(body) == "It rained.Twice."
    assert lines_of(None) is text_of(None) is raw_of(None) is html_of(None) is None
    assert html_of(find(ROOT, "html")) == "It rained."


def test_blank_texts_are_left_out() -> None:
    tags = find_all(ROOT, "tag")
    assert texts_of(tags) == ["one"] and texts_of(tags, "name") == ["a"] and raw_of(tags[0]) == " one "


def test_an_entity_is_one_of_html() -> None:
    root = etree.Element("r")
    root.append(etree.Entity("eacute"))
    assert text_of(root) == "é"
    root.append(etree.Entity("zorblat"))
    with pytest.raises(EntityError, match="&zorblat;"):
        text_of(root)
