"""What was misread is found where it stands, and is mended where it is certain what it was."""

from __future__ import annotations

from hypothesis import given, settings

from copydesk.testing.strategies import hostile_text
from copydesk_expectations.detection.text.misread_places import lines_of, misreadings_in


def misread(text: str, right: str, wrong: str) -> str:
    return "".join(bytes([b]).decode(wrong, "ignore") or chr(b) for b in text.encode(right))


def test_in_latin_script_words_are_mended_alone_and_speak_for_the_headline(texts: dict[str, str]) -> None:
    body = misread(texts["tr"], "cp1254", "latin-1")
    fields = {"headline": misread("Yeni köprü açıldı", "cp1254", "latin-1"), "body": body}
    found = misreadings_in(fields, bool)
    assert [(fields["headline"][p.start : p.end], p.mended) for p in found["headline"]] == [("açýldý", "açıldı")]
    assert [p.mended for p in found["body"]] == ["başkanı", "açılacağını", "olduğunu"]
    assert misreadings_in({"headline": fields["headline"], "body": ""}, bool)["headline"] == []


@settings(max_examples=20, deadline=None)
@given(hostile_text())
def test_places_lie_in_the_text_in_order(text: str) -> None:
    found = misreadings_in({"body": text}, bool)["body"]
    assert all(0 <= p.start < p.end <= len(text) for p in found)
    assert [p.start for p in found] == sorted(p.start for p in found)


def test_what_lost_bytes_is_found_and_not_mended() -> None:
    story = (
        "谷にある二つの小学校は九月から一人の校長が兼任することになった。二年続けて後任が見つからなかったためである。"
    )
    whole = story.encode("cp932").decode("latin-1")
    lost = story.encode("cp932").decode("cp1252", errors="ignore")
    for text, mended in ((whole, True), (lost, False)):
        (place,) = misreadings_in({"body": text}, bool)["body"]
        assert (place.mended is not None) == mended


def test_lines_without_a_sign_are_judged_beside_a_misread_one(texts: dict[str, str]) -> None:
    told, quiet, sound = (
        misread(texts["ru"], "cp1251", "latin-1"),
        misread(texts["ru"], "koi8-r", "cp1251"),
        "é " * 300,
    )
    beside = misreadings_in({"body": f"{sound}\n{quiet}\n{told}"}, told.__eq__)["body"]
    alone = misreadings_in({"body": f"{sound}\n{quiet}"}, told.__eq__)["body"]
    assert len(beside) == 2 and not alone
    assert misreadings_in({"body": quiet}, told.__eq__)["body"], "the longest line is always judged"


def test_lines_of_ascii_are_left_out() -> None:
    assert lines_of("It rained.\nÉté\r\n \n") == [(11, "Été")]
