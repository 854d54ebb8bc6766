"""ci/sentences counts what stands there: made-up pages and modules, each number counted by hand."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

SCRIPT = Path(__file__).parents[2] / "ci" / "sentences"


def loaded() -> Any:
    loader = SourceFileLoader("sentences", str(SCRIPT))
    spec = spec_from_loader("sentences", loader)
    assert spec is not None
    module = module_from_spec(spec)
    loader.exec_module(module)
    return module


SENTENCES = loaded()

PAGE = """# A heading. It is no sentence

The first sentence has six words. `copydesk check x` is the second one! See
[the other page](docs/other.md) – it is v1.5, e.g. this (the third). Fourth?

```sh
copydesk check a.jsonl      # No sentence. None at all.
```

| a table | has no sentence. |
|---|---|

- an item without a mark
- **Another.** With two.
  and its second line

1. a number starts an item, too

<!-- made
-- by hand. -->
"""
COUNTED = [
    ("The first sentence has six words.", 6),
    ("Code is the second one!", 5),
    ("See the other page – it is v1.5, e.g. this (the third).", 11),
    ("Fourth?", 1),
    ("an item without a mark", 5),
    ("**Another.", 1),
    ("With two. and its second line", 6),  # a sentence begins with a capital letter or a digit
    ("a number starts an item, too", 6),
]


def test_each_sentence_of_a_page_is_found_with_its_words() -> None:
    assert [(s, SENTENCES.words(s)) for s in SENTENCES.sentences(PAGE)] == COUNTED


plain = st.lists(st.from_regex(r"[A-Z][a-z]{1,6}( [a-z]{1,6}){0,30}[.!?]", fullmatch=True), max_size=6)


@given(plain, st.sampled_from([" ", "\n", "\n\n", "\n- ", "\n\n```\nCode. Code.\n```\n\n", "\n\n| A. | B. |\n\n"]))
def test_neither_line_breaks_nor_what_is_no_text_change_the_count(parts: list[str], between: str) -> None:
    assert SENTENCES.sentences(between.join(parts)) == parts
    assert [SENTENCES.words(part) for part in parts] == [len(part.split()) for part in parts]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with one long sentence of two, a module of 251 lines, a function of 61, and numpy imported in two."""
    package = tmp_path / "validators" / "p"
    (package / "deep").mkdir(parents=True)
    (tmp_path / "docs").mkdir()
    (tmp_path / "expectations").mkdir()
    (tmp_path / "README.md").write_text("Short one. " + "Word " * 26 + "ends.\n")
    (tmp_path / "docs" / "made.md").write_text(SENTENCES.GENERATED + "; a change here is lost. -->\n\nNot counted.\n")
    (tmp_path / "docs" / "page.md").write_text("Word " * 25 + "\n")
    (package / "lines.py").write_text("x = 1\n" * 251)
    (package / "fewer.py").write_text("import numpy\nx = 1\n" + "\n" * 248)
    long, short = ("\n".join([f"def f{n}():", *["    x = 1"] * n]) + "\n" for n in (60, 59))
    (package / "deep" / "functions.py").write_text(long + short)
    inner = "def f():\n    import numpy as np\n    def g():\n        from numpy.random import x\n    import numpydoc\n"
    (tmp_path / "expectations" / "local.py").write_text(inner)
    return tmp_path


def test_the_pages_of_this_project_are_plain() -> None:
    """CONTRIBUTING.md asks for 15 words a sentence on average, and hardly ever more than 25."""
    pages = SENTENCES.documents(SCRIPT.parents[1])
    for text in (pages["README.md"], [sentence for page in pages.values() for sentence in page]):
        counted = SENTENCES.lengths(text)
        assert counted["words a sentence"] < 16 and counted["% over 25 words"] < 8


def run(*arguments: str | Path, status: int = 0) -> str:
    done = subprocess.run([sys.executable, SCRIPT, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == status, done.stderr
    return done.stdout + done.stderr


def test_a_project_is_counted(project: Path) -> None:
    figures = json.loads(run("--json", project))
    assert figures["documents"] == {
        "README.md": {"sentences": 2, "words a sentence": 14.5, "% over 25 words": 50},
        "docs/page.md": {"sentences": 1, "words a sentence": 25, "% over 25 words": 0},
        "all": {"sentences": 3, "words a sentence": 18, "% over 25 words": 33.3},
    }
    assert figures["code"] == {
        "Python files": 4,
        "files in the largest folder": 2,
        "modules over 250 lines": 1,
        "functions over 60 lines": 1,
        "imports of numpy in a function": 2,
    }


def test_the_tables_hold_the_same_numbers(project: Path) -> None:
    figures, lines = json.loads(run("--json", project)), [line.split("  ") for line in run(project).splitlines()]
    rows = {row[0].strip(): [cell.strip() for cell in row[1:] if cell.strip()] for row in lines}
    for name, counts in figures["documents"].items():
        assert [float(cell) for cell in rows[name]] == list(counts.values())
    for name, count in figures["code"].items():
        assert rows[name] == [str(count)]


def test_the_long_sentences_are_printed(project: Path) -> None:
    assert run("--long", project) == "README.md: 27 words: " + "Word " * 26 + "ends.\n"


def test_a_folder_that_is_no_project_is_named(tmp_path: Path) -> None:
    assert f"{tmp_path}: expected a folder with README.md, found none." in run(tmp_path, status=2)
