"""`ci/new-check` begins a check whose missing parts are failing tests, and which passes once they are written."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PARTS = ("ci", "docs", "expectations", "fixtures", "tests", "validators", "pyproject.toml")
CHECKS = "expectations/copydesk_expectations/checks"
BUILT = shutil.ignore_patterns("__pycache__", ".*_cache")

#: The tests that hold a check to its parts.
COMPLETE = (
    "tests/expectations/checks/test_documentation.py",
    "tests/expectations/checks/text/test_stray_comma.py",
    "tests/expectations/test_fixtures.py",
    "tests/expectations/test_suites.py",
    "tests/evaluate/test_prove.py",
)

#: What an author writes: the file, what stands there, and what it becomes.
WRITING = [
    (f"{CHECKS}/text/stray_comma.py", r"Expect TO WRITE.*", "Expect no comma before a full stop."),
    (f"{CHECKS}/text/stray_comma.py", r"TO WRITE: which words.*", "A comma and a full stop at the end of a line."),
    (f"{CHECKS}/text/stray_comma.py", r"TO WRITE: what goes.*", "A sentence was cut there."),
    (f"{CHECKS}/text/stray_comma.py", r"TO WRITE: what it misses.*", "Those inside a line are not found."),
    (f"{CHECKS}/text/stray_comma.py", r'"TO WRITE: an article without.*', "It rained, and rained."),
    (f"{CHECKS}/text/stray_comma.py", r'"TO WRITE: an article with .*', "It rained,."),
    (f"{CHECKS}/text/stray_comma.py", r'"TO WRITE: the words.*"', '",."'),
    (f"{CHECKS}/text/stray_comma.py", r"TO WRITE: a line.*", "None."),
    (f"{CHECKS}/text/stray_comma.py", r"TO WRITE: where.*", "An invented case, for this test."),
    (f"{CHECKS}/text/stray_comma.py", r"TO WRITE: what is wrong.*?\"", 'a comma before the full stop"'),
    (f"{CHECKS}/text/stray_comma.py", r"pl\.lit\(False\)", 'pl.col("text").str.ends_with(",.")'),
    (
        f"{CHECKS}/text/stray_comma.py",
        r"return flagged\(batch\.paragraphs\.lazy\(\)\.filter\(has_defect\), (.*)\)",
        r'spans = batch.paragraphs.lazy().filter(has_defect).with_columns(start=pl.col("end") - 2)'
        r"\n        return flagged(spans, \1)",
    ),
    (
        "tests/expectations/checks/text/test_stray_comma.py",
        r"    pytest.fail.*",
        '    assert words_found(StrayComma, [{"body": "It rained,.\\\\nIt,. rained."}]) == [[",."]]',
    ),
    ("tests/expectations/checks/text/test_stray_comma.py", r"import pytest\n\n", ""),
    ("tests/expectations/checks/text/test_stray_comma.py", r"TO WRITE: .*", 'a comma before a full stop."""'),
    (
        "expectations/copydesk_expectations/planting/text.py",
        r'    """TO WRITE: .*\n    return None',
        '    """Put a comma before the last full stop."""\n'
        '    body = (article["body"] or "").rstrip()\n'
        '    if not body.endswith("."):\n'
        "        return None\n"
        '    article["body"] = body[:-1] + ",."\n'
        '    return "body", len(body) - 1, len(body) + 1',
    ),
    ("expectations/copydesk_expectations/planting/text.py", r"TO WRITE: what is planted", "at the end"),
    ("expectations/copydesk_expectations/suites/news.yml", r"\Z", "  - type: expect_news_stray_comma\n"),
]
BODY = (
    "The mill on the river opens its doors to visitors again on Sunday, after three years in which its owner mended the"
    " wheel and the roof with his own hands,."
)


def run(tree: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Run a command in a copy of the tree, with the modules of the copy."""
    paths = [str(tree / folder) for folder in ("validators", "expectations")]
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(paths), "PATH": path}
    return subprocess.run(command, cwd=tree, env=environment, capture_output=True, text=True, check=False)


def new_check(tree: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return run(tree, sys.executable, "ci/new-check", *arguments)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of the tree."""
    for part in PARTS:
        source = ROOT / part
        if source.is_dir():
            shutil.copytree(source, tmp_path / part, ignore=BUILT)
        else:
            shutil.copy(source, tmp_path / part)
    return tmp_path


def pytest_run(tree: Path) -> subprocess.CompletedProcess[str]:
    chosen = "stray or its_cases or broken or every_labelled"
    return run(tree, sys.executable, "-m", "pytest", "-q", "-n", "0", "-k", chosen, *COMPLETE)


def test_each_part_that_is_missing_is_a_test_that_says_what_to_write(tree: Path) -> None:
    begun = new_check(tree, "stray-comma")
    assert begun.returncode == 0, begun.stderr
    for command in (("ruff", "check", "."), ("ruff", "format", "--check", ".")):
        styled = run(tree, *command)
        assert styled.returncode == 0, styled.stdout
    assert run(tree, sys.executable, "ci/docs", "--check").returncode == 0
    done = pytest_run(tree)
    failed = re.findall(r"^FAILED \S+?::(\w+)", done.stdout, re.M)
    assert sorted(failed) == [
        "test_a_check_has_every_section_and_says_of_every_option_what_it_does",
        "test_a_planter_plants_what_the_check_must_find",
        "test_every_check_has_a_labelled_defect",
        "test_every_check_is_in_a_suite",
        "test_its_cases",
        "test_no_text_of_the_template_is_left_in_the_code_of_a_check",
        "test_what_fails_fails_with_these_words",
    ], done.stdout
    for sentence in (
        "StrayComma still has the text of the template in 'Why it matters': TO WRITE: what goes wrong",
        "planting/text.py plants nothing for stray-comma",
        "no article has a defect of stray-comma. Write one with the id 'broken-en-stray-comma'",
        "No suite names stray-comma, so that nobody runs it. Add expect_news_stray_comma to",
        "Test StrayComma on real cases and on properties.",
        'reason="TO WRITE: what is wrong, in a few words"',
        "expected the findings ['TO WRITE: the words that are found.'], got []",
    ):
        assert sentence in done.stdout


def test_a_check_whose_parts_are_written_passes(tree: Path) -> None:
    assert new_check(tree, "stray-comma").returncode == 0
    for name, old, new in WRITING:
        file = tree / name
        text, changes = re.subn(old, new, file.read_text(encoding="utf-8"), count=1)
        assert changes == 1, (name, old)
        file.write_text(text, encoding="utf-8")
    rows = (tree / "fixtures/broken.jsonl").read_text(encoding="utf-8").splitlines()
    article = json.loads(rows[-1]) | {"headline": "Mill on the river opens again", "body": BODY}
    place = {"field": "body", "start": len(BODY) - 2, "end": len(BODY), "text": ",."}
    article["defects"] = [{"check": "stray-comma", **place}]
    (tree / "fixtures/broken.jsonl").write_text("\n".join([*rows[:-1], json.dumps(article)]) + "\n", encoding="utf-8")
    assert run(tree, sys.executable, "ci/docs").returncode == 0
    assert not [f for f in tree.rglob("*stray_comma.py") if "TO WRITE" in f.read_text(encoding="utf-8")]
    done = pytest_run(tree)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("family", ["structure", "residue", "metadata", "collection"])
def test_the_template_of_each_family_runs(tree: Path, family: str) -> None:
    assert new_check(tree, "stray-comma", "--family", family).returncode == 0
    styled = run(tree, "ruff", "check", "expectations", "tests/expectations")
    assert styled.returncode == 0, styled.stdout
    test = f"tests/expectations/checks/{family}/test_stray_comma.py"
    done = run(tree, sys.executable, "-m", "pytest", "-q", "-n", "0", test)
    assert "Test StrayComma on real cases and on properties." in done.stdout, done.stdout


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("Stray_Comma", "Expected small letters, digits and hyphens"),
        ("stray--comma", "'stray--comma' cannot be the name of a check"),
        ("404-page", "the first a letter"),
        ("class", "no word of Python"),
        ("x" * 31, "at most 30 characters"),
        ("ad-residue", "checks/residue/ad_residue.py is there already. Choose another name"),
    ],
)
def test_a_name_that_cannot_be_is_refused_and_nothing_is_written(tree: Path, name: str, message: str) -> None:
    def content() -> dict[Path, bytes]:
        return {f: f.read_bytes() for f in tree.rglob("*") if f.is_file() and f.suffix != ".pyc"}

    before = content()
    done = new_check(tree, name)
    assert done.returncode == 2
    assert message in done.stderr
    assert content() == before
