"""The strategies under their public name."""

from __future__ import annotations

from copydesk import strategies
from copydesk.testing import strategies as home


def test_every_public_strategy_has_its_public_name() -> None:
    assert strategies.__all__ == home.__all__
    assert all(getattr(strategies, name) is getattr(home, name) for name in home.__all__)
