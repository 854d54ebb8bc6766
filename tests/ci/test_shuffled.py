"""Collections with the words of real articles: as many as are asked for, no two alike, each like its model."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path

import pytest

import copydesk
from copydesk.errors import InputError, UsageError
from shuffled import Library, equal_shares, file_and_share, write

TEXT = "harbour council budget bridge ferry school vote mayor storm market river train nurse garden museum"
WORDS = TEXT.split()


def models(count: int, seed: int, **more: str) -> list[dict[str, str]]:
    """Articles with four paragraphs, under which stands a line that all have."""
    chance = random.Random(seed)

    def paragraph() -> str:
        return f"Today {' '.join(chance.choices(WORDS, k=30))}, said {chance.choice(['Ann', 'Lee', 'Kim'])}."

    return [
        {
            "headline": f"{chance.choice(WORDS)} {chance.choice(WORDS)} {number}",
            "body": "\n".join([*(paragraph() for _ in range(4)), "Hide Ad"]),
            "url": f"https://paper.example/{seed}-{number}?from=feed",
            "publisher": f"paper {number % 3}",
            "language": "en",
            **more,
        }
        for number in range(count)
    ]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[tuple[Path, float | None], ...]:
    folder = tmp_path_factory.mktemp("models")
    for name, some in (("clean", models(6, 1)), ("dirty", models(5, 2, published="2026-03-01", section="dirty"))):
        (folder / f"{name}.jsonl").write_text("".join(json.dumps(model) + "\n" for model in some))
    return (folder / "clean.jsonl", None), (folder / "dirty.jsonl", 0.25)


def test_a_collection_is_the_same_each_time_and_no_article_is_like_another(
    files: tuple[tuple[Path, float | None], ...], tmp_path: Path
) -> None:
    write(tmp_path / "one.jsonl", 620, files)
    rows = [json.loads(line) for line in (tmp_path / "one.jsonl").read_text(encoding="utf-8").splitlines()]
    library = Library(files)
    assert rows[:5] + rows[-5:] == [library.article(number, 1) for number in (*range(5), *range(615, 620))]
    assert library.article(7, 1) != library.article(7, 2)
    assert len({row["url"] for row in rows}) == len({row["id"] for row in rows}) == 620
    assert len({tuple(row) for row in rows}) == 1 and rows[0]["published"], "the first row shows what the fields are"
    assert sum(row["section"] == "dirty" for row in rows) == pytest.approx(0.25 * 620, abs=40)
    found = copydesk.check(tmp_path / "one.jsonl").findings.collect()
    assert not set(found["check"]) & {"near-duplicate-article", "duplicate-article", "duplicate-url"}
    assert (found["check"] == "ad-residue").sum() == 620, "the line that all have is still one"


def test_an_article_has_the_lines_marks_and_words_of_its_model(files: tuple[tuple[Path, float | None], ...]) -> None:
    library = Library(files[:1])
    known = {model["body"] for model in library.models}
    for number in range(1, 20):
        body = library.article(number, 1)["body"] or ""
        lines = body.split("\n")
        assert len(lines) == 5 and lines[-1] == "Hide Ad" and body not in known
        assert all(re.fullmatch(r"Today [a-z ]+, [a-z]+ (Ann|Lee|Kim)\.", line) for line in lines[:-1])


def test_shares_and_files_are_read_with_care(tmp_path: Path) -> None:
    assert equal_shares([None, 0.5, None]) == [0.25, 0.5, 0.25]
    odd = tmp_path / "a=0.5"
    odd.write_text("{}")
    assert file_and_share(str(odd)) == (odd, None) and file_and_share(f"{odd}=0.5") == (odd, 0.5)
    for wrong in ("a.jsonl=much", "a.jsonl=0", "a.jsonl=1.5"):
        with pytest.raises(UsageError, match=f"--like {wrong}: expected FILE or FILE=SHARE"):
            file_and_share(wrong)
    for wrong_shares in ([0.5, 0.2], [0.7, 0.7, None]):
        with pytest.raises(UsageError, match="expected shares that make 1"):
            equal_shares(wrong_shares)
    with pytest.raises(InputError, match=r"no\.jsonl"):
        Library([(tmp_path / "no.jsonl", None)])
