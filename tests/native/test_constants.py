"""The constants that Python and C share hold together."""

from __future__ import annotations

from copydesk.native import constants


def test_the_kinds_of_a_character_are_bits_of_one_byte() -> None:
    kinds = (constants.WHITE, constants.UNSPACED, constants.ENDING, constants.CLOSER, constants.LOWER)
    assert all(kind.bit_count() == 1 for kind in kinds)
    assert len({*kinds}) == len(kinds) and sum(kinds) < 256


def test_the_bits_of_a_fold_leave_room_for_any_character() -> None:
    assert constants.FOLDED >= 0x10FFFF
    assert not constants.FOLDED & constants.FIGURE
    assert not (constants.FOLDED | constants.FIGURE) & constants.ALPHANUMERIC
    assert (constants.FOLDED | constants.FIGURE | constants.ALPHANUMERIC) < 2**32


def test_a_passage_is_as_long_as_its_script_needs() -> None:
    assert len(constants.WIDTHS) == 256
    for character, width in (
        ("a", "LATIN"),
        ("é", "LATIN"),
        ("ж", "WIDE"),
        ("न", "WIDE"),
        ("日", "HAN"),
        ("한", "WIDE"),
    ):
        assert constants.WIDTHS[character.encode()[0]] == getattr(constants, f"{width}_WIDTH")


def test_a_passage_can_be_quoted_and_read_beyond_the_text() -> None:
    assert max(constants.WIDTHS) <= constants.QUOTE < constants.SPARE
