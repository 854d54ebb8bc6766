"""Private data is found in bodies, and what a newsroom gives out is not."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.testing.check_examples import words_found
from copydesk.testing.strategies import hostile_text
from copydesk_expectations.checks.privacy.private_data import PrivateData


def test_addresses_of_the_publisher_and_allowed_ones_are_left_alone() -> None:
    article = {"body": "jdoe@courier.example, +49 30 1234567", "url": "https://www.courier.example/a"}
    assert words_found(PrivateData, [article]) == [["+49 30 1234567"]]
    assert words_found(PrivateData, [{"body": "jdoe@courier.example"}]) == [["jdoe@courier.example"]]


@settings(max_examples=15)
@given(st.lists(hostile_text(), max_size=4))
def test_hostile_text_is_survived_alone_and_together(same_alone: Callable[..., bool], collection: list[str]) -> None:
    assert same_alone(PrivateData(allow=("mail.example",)), [{"body": text} for text in collection])
