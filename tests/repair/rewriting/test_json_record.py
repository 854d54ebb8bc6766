"""A JSON object is patched in its literals alone."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.repair.articles import Repaired
from copydesk.repair.edits import Edit, apply
from copydesk.repair.rewriting.json_record import object_patches
from copydesk.repair.rewriting.pieces import RefusedError, changed

COLUMNS = {"headline": "title", "body": "text"}


def patched(text: str, before: str, edits: list[Edit]) -> str:
    repaired = Repaired("a.jsonl", 1, 1, "1", COLUMNS, before={"body": before}, edits={"body": edits})
    record = changed(repaired, text, lambda: object_patches(text, text.index("{"), repaired))
    assert record.refused is None, record.refused
    return b"".join(new for _, new in record.parts).decode()


@given(
    before=st.text('ab"\\\n\u2028é😀\u0001/', max_size=12),
    place=st.tuples(st.integers(0, 12), st.integers(0, 4)),
    new=st.text('x"\n😀', max_size=2),
    is_ascii=st.booleans(),
)
@settings(max_examples=80)
def test_only_the_characters_of_an_edit_change(before: str, place: tuple[int, int], new: str, is_ascii: bool) -> None:
    start = min(place[0], len(before))
    edit = Edit(start, min(len(before), start + place[1]), new)
    literal = json.dumps(before, ensure_ascii=is_ascii).replace("/", "\\/")
    text = f' {{"a": [1, {{"text": "no"}}], "text" : {literal} ,"text": "second"}}\r\n'
    after = patched(text, before, [edit])
    assert json.loads(after, object_pairs_hook=lambda pairs: dict(reversed(pairs)))["text"] == apply(before, [edit])
    kept = json.dumps(before[: edit.start], ensure_ascii=is_ascii)[1:-1].replace("/", "\\/")
    assert after.startswith(text[: text.index(literal) + 1] + kept) and after.endswith(' ,"text": "second"}\r\n')
    assert text.isascii() <= after.isascii()


def test_items_of_a_list_go_with_their_comma() -> None:
    text = '{"text": ["Ad", "caf\\u00e9",  "Ad", "b"], "n": 1}'
    before = "Ad\ncafé\nAd\nb"
    assert patched(text, before, [Edit(0, 3, ""), Edit(8, 11, "")]) == '{"text": ["caf\\u00e9",  "b"], "n": 1}'
    assert patched(text, before, [Edit(7, 8, " ")]) == '{"text": ["Ad", "caf\\u00e9 Ad", "b"], "n": 1}'


@pytest.mark.parametrize("value", [{"value": "a"}, [["a"]], ["a", None], 1, "b"])
def test_what_is_no_text_of_the_record_is_refused(value: Any) -> None:
    text = json.dumps({"text": value})
    repaired = Repaired("a.jsonl", 1, 1, "1", COLUMNS, before={"body": "a"}, edits={"body": [Edit(0, 1, "")]})
    with pytest.raises(RefusedError):
        object_patches(text, 0, repaired)
