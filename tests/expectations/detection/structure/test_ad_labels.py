"""Labels of advertisements' slots are told from sentences about them."""

from __future__ import annotations

import pytest

from copydesk_expectations.detection.structure.ad_labels import is_ad_label


@pytest.mark.parametrize("line", ["Hide Ad", " ADVERTISEMENT: ", "Anzeige"])
def test_a_label_is_one(line: str) -> None:
    assert is_ad_label(line)


@pytest.mark.parametrize("line", ["", " – ", "The advertisement ran for a week.", "Facebook", "Related topics:"])
def test_other_lines_are_none(line: str) -> None:
    assert not is_ad_label(line)
