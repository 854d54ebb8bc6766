from __future__ import annotations

import polars as pl

from copydesk.auditing.kinds import KINDS, judgement
from copydesk.checks import FAMILIES, SEVERITIES, all_checks
from copydesk.checks.batch import Batch


def test_kinds_are_told_from_checks() -> None:
    assert not KINDS.keys() & all_checks().keys()
    for name, kind in KINDS.items():
        assert judgement(name).check.name == name
        assert judgement(name).severity in SEVERITIES
        assert kind.family in FAMILIES
        keys = kind().keys(Batch(pl.DataFrame({"body": ["It rained."]})))
        assert kind().find(keys).collect().is_empty()
