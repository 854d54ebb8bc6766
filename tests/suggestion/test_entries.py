from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.checks.suite import parse_suite
from copydesk.suggestion.entries import Suggested, suite_text


@settings(max_examples=20, deadline=None)
@given(st.lists(st.text(min_size=1, max_size=12), min_size=1, max_size=4), st.text(max_size=12))
def test_any_value_is_read_back_from_the_suite(values: list[str], said: str) -> None:
    kwargs = {"column": "publisher", "value_set": values, "mostly": 0.99}
    entry = Suggested("expect_column_values_to_be_in_set", kwargs, " ".join(said.split()), severity="warning")
    bad = Suggested("expect_news_ad_residue", {}, "too many", True, examples=[(said, said)])
    suite = parse_suite(suite_text(said, [said], [bad, entry]), file="suite.yml")
    (read,) = suite.entries
    assert (read.type, read.severity) == (entry.type, "warning")
    assert read.kwargs["value_set"] == values


def test_what_is_bad_is_said_and_no_part_of_the_suite() -> None:
    bad = Suggested("expect_news_ad_residue", {"mostly": 0.98}, "observed 12.0 %", True, examples=[("a-1", "an ad")])
    good = Suggested("expect_news_mojibake", {"mostly": 0.99}, "observed 0.2 %, allowed 1.0 %")
    text = suite_text("s", ["head"], [bad, good])
    assert [entry.type for entry in parse_suite(text, file="s.yml").entries] == ["expect_news_mojibake"]
    assert text.index("observed 0.2 %, allowed 1.0 %") < text.index("BAD, and left out: observed 12.0 %")
    assert "a-1: an ad" in text
    assert (bad.name, good.name) == ("ad-residue", "mojibake")
