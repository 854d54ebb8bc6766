from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl

from copydesk.checks.batch import Batch
from copydesk_expectations.checks.residue.publisher_boilerplate import PublisherBoilerplate
from copydesk_expectations.detection.residue.ruled_lines import ruled_lines

RULES = """rules:
- {publisher: The Post, line: "Read it in our app, edition …", action: delete}
- {publisher: The Post, line: Analysis, action: keep}
- {publisher: The Post, line: Sport, action: "?"}
"""


def articles(count: int) -> pl.DataFrame:
    bodies = [
        f"Analysis\\nSport\\nStory number {n} is told.\\nRead it in our app, edition {n}".replace("\\n", "\n")
        for n in range(count)
    ]
    return pl.DataFrame(
        {"publisher": ["The Post"] * count, "headline": [f"H{n}" for n in range(count)], "body": bodies}
    )


def test_actions_of_lines(tmp_path: Path) -> None:
    (tmp_path / "r.yml").write_text(RULES)
    batch = Batch(articles(1), first=7)
    assert ruled_lines(batch, np.arange(4), (str(tmp_path / "r.yml"),)).to_list() == ["keep", "?", None, "delete"]
    assert ruled_lines(batch, np.arange(4), ()).to_list() == [None] * 4


def test_a_decision_goes_before_what_repeats(tmp_path: Path) -> None:
    (tmp_path / "r.yml").write_text(RULES)
    check = PublisherBoilerplate(rules=(str(tmp_path / "r.yml"),))
    batch = Batch(articles(6))
    found = check.find(check.keys(batch)).collect()
    assert set(found["text"]) == {"Sport", *(f"Read it in our app, edition {n}" for n in range(6))}
    assert set(found["repair"]) == {"delete"}
    assert found.height == 12
    bare = PublisherBoilerplate()
    assert set(bare.find(bare.keys(batch)).collect()["text"]) == {"Analysis", "Sport"}
