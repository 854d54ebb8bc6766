"""What is said of text that is not UTF-8: the commands are followed word for word."""

from __future__ import annotations

import gzip
import json
import re
import shlex
import subprocess
from pathlib import Path

import polars as pl
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from copydesk.commands.cli import main, parser
from copydesk.commands.options import read_options
from copydesk.errors import InputError
from copydesk.gate.outcome import expect_articles
from copydesk.model.chunk import Rejected
from copydesk.readers import ReadOptions, read
from copydesk.readers.files.encodings import convert_command, detect, not_utf8, remedies, stable_reason

HEADLINE = "“Two cafés” reopen"
BODY = "“It’s 5 € more – naïve, isn’t it?”, she said… Then the cafés of the old harbour closed for good."
RUSSIAN = "Мост через реку открыли в понедельник после двух лет ремонта."


def commands(text: str) -> list[str]:
    """Return the commands that stand between backquotes."""
    return re.findall(r"`([^`]*)`", text)


def follow(command: str) -> list[dict[str, str]]:
    """Read what a command line names, as the command would."""
    given = parser().parse_args(shlex.split(command)[1:])
    arguments = given.options.settle(given, None)
    chunks = list(read(arguments.paths, options=read_options(arguments)))
    assert not any(chunk.rejected for chunk in chunks)
    return [row for chunk in chunks for row in chunk.articles.select("headline", "body").iter_rows(named=True)]


def stored(name: str, encoding: str) -> bytes:
    """Return an article as a file of that name holds it, in an encoding."""
    article = {"id": "1", "headline": HEADLINE, "body": BODY}
    suffixes = Path(name).suffixes
    if ".csv" in suffixes:
        text = 'id,headline,body\n1,"{headline}","{body}"\n'.format(**article)
    elif ".txt" in suffixes:
        text = f"{HEADLINE}\n{BODY}\n"
    else:
        text = json.dumps([article] if ".json" in suffixes else article, ensure_ascii=False) + "\n"
    data = text.encode(encoding)
    return gzip.compress(data) if name.endswith(".gz") else data


NAMES = ["a.csv", "it's “new”; $(date).jsonl", "-b.jsonl.gz", "c d.json", "sub folder/e.txt"]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-16-le", "utf-16-be"])
def test_the_command_gives_the_text_that_was_meant(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, encoding: str
) -> None:
    monkeypatch.chdir(tmp_path)
    file = Path(name)
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(stored(name, encoding))
    try:
        chunks = list(read(f"./{name}"))
        with pytest.raises(InputError) as raised:
            expect_articles(0, [name], chunks[0].rejected)
        said = str(raised.value)
    except InputError as error:
        said = str(error)
    command = next(command for command in commands(said) if command.startswith("copydesk"))
    assert follow(command) == [{"headline": HEADLINE, "body": BODY + "\n" * name.endswith(".txt")}]


def test_text_that_is_utf_8_stays_so_whatever_encoding_is_named(tmp_path: Path) -> None:
    for name, encoding in (("a.csv", "utf-8"), ("b.csv", "cp1252"), ("c.jsonl", "utf-8-sig"), ("d.txt", "utf-8")):
        (tmp_path / name).write_bytes(stored(name, encoding))
    chunks = read(tmp_path, options=ReadOptions(encoding="cp1252"))
    rows = [row for chunk in chunks for row in chunk.articles.select("headline", "body").iter_rows()]
    assert {(headline, body.strip()) for headline, body in rows} == {(HEADLINE, BODY)} and len(rows) == 4


def test_a_file_of_which_some_is_utf_8_has_no_one_encoding(tmp_path: Path) -> None:
    file = tmp_path / "mixed.jsonl"
    file.write_bytes(stored("a.jsonl", "utf-8") + stored("a.jsonl", "cp1252"))
    (advice,) = remedies([Rejected(str(file), 2, not_utf8(stored("a.jsonl", "cp1252")))])
    assert "some of its lines are UTF-8" in advice and not commands(advice)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (BODY * 3, "cp1252"),
        (RUSSIAN * 5, "cp1251"),
        ("W sobotę rano pierwsze samochody przejechały nowym mostem, ponieważ żaden już nie stał. " * 5, "cp1250"),
        ("大桥经过两年维修后于周一重新开放，市民排队等候。" * 5, "gb18030"),
    ],
)
def test_encodings_are_detected(text: str, encoding: str) -> None:
    assert detect(text.encode(encoding)) == encoding


@pytest.mark.parametrize("encoding", ["cp1252", "cp1250", "cp1254", "cp1257"])
def test_what_reads_the_same_in_several_encodings_is_western(encoding: str) -> None:
    assert detect("The café reopened “now”, she said.".encode(encoding)) == "cp1252"


def test_the_terminal_prints_the_commands_on_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    data = b"".join(json.dumps({"id": str(n), "body": "The bridge reopened."}).encode() + b"\n" for n in range(3))
    Path("a b.jsonl").write_bytes(data + stored("a.jsonl", "cp1252"))
    assert main(["check", "a b.jsonl", "--report", "r.html"]) == 1
    out = capsys.readouterr().out
    assert re.search(r"not UTF-8 at byte \d+ of the line; it may be WINDOWS-1252$", out, re.M)
    assert any("`copydesk check 'a b.jsonl' --encoding cp1252`" in line for line in out.splitlines())
    assert "copydesk check &#39;a b.jsonl&#39; --encoding cp1252" in Path("r.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "encoding", "end"),
    [
        (BODY, "cp1252", "; it may be WINDOWS-1252"),
        (BODY.replace("“", "»"), "latin-1", "; it may be WINDOWS-1252"),
        (RUSSIAN, "cp1251", ""),
        (RUSSIAN, "koi8-r", ""),
        ("橋は二年間の修理を経て月曜日に再開した。", "shift_jis", ""),
        ("大桥经过两年维修后于周一重新开放。", "gbk", ""),
        ("η γέφυρα άνοιξε ξανά τη Δευτέρα", "iso8859-7", ""),
    ],
)
def test_only_western_text_is_taken_for_windows_1252(text: str, encoding: str, end: str) -> None:
    data = text.replace("“", '"').replace("”", '"') if encoding == "latin-1" else text
    kept = data.encode(encoding, "ignore")
    assert not_utf8(kept, "at byte 1") == f"not UTF-8 at byte 1{end}"


def test_a_damaged_row_of_utf_8_is_not_to_be_converted() -> None:
    reason = not_utf8(BODY.encode()[:-40] + b"\xe2\x80" + BODY.encode())
    assert reason == "not UTF-8; its other letters are UTF-8"
    (advice,) = remedies([Rejected("a.csv", 2, reason)])
    assert not commands(advice) and "Fetch or write it again" in advice


def test_each_file_is_advised_once_and_no_more_than_three() -> None:
    rows = [Rejected(f"{n % 5}.csv", n, "not UTF-8; it may be WINDOWS-1252") for n in range(20)]
    rows += [Rejected("0.csv", 99, "not UTF-8"), Rejected("9.csv", 1, "no valid JSON")]
    assert [advice.partition(":")[0] for advice in remedies(rows)] == ["0.csv", "1.csv", "2.csv"]
    assert all("--encoding cp1252" in advice for advice in remedies(rows))
    assert remedies([Rejected("a.csv", 1, "no valid JSON")]) == []
    assert "--encoding ENCODING" in remedies([Rejected("a.csv", 1, "not UTF-8")])[0]
    assert commands(remedies([Rejected("-", 1, "not UTF-8; it may be WINDOWS-1252")])[0]) == [
        "copydesk check - --encoding cp1252"
    ]


@given(st.text(st.characters(exclude_characters="\0/", exclude_categories=["Cs"]), min_size=1, max_size=20))
@example("-rf")
@example("`id`")
@example("x.gz")
def test_no_command_ever_writes_over_what_it_reads_whatever_the_name(name: str) -> None:
    assume(name not in (".", "..", "-"))
    script = convert_command(name, "UTF-16").replace("iconv", "printf '%s\\0'", 1)
    *_, target = convert_command(name, "UTF-16").partition(" > ")[2:]
    assert script and target
    done = subprocess.run(["sh", "-c", f"printf '%s' {target}"], capture_output=True, check=True)
    made = done.stdout.decode()
    assert made != name and "-utf8" in made and "/" not in made


def test_baselines_know_the_rows_by_the_reasons_of_old() -> None:
    old = {
        "not UTF-8": "not UTF-8 (if the file is Latin-1: iconv -f LATIN1 -t UTF-8 FILE > NEW)",
        "not UTF-8 at byte 7 of the line": "not UTF-8 at byte 7 of the line (if the file is Latin-1: iconv -f LATIN1"
        " -t UTF-8 FILE > NEW)",
        "not UTF-8 at byte 7": "not UTF-8 at byte 7 (if it is Latin-1: iconv -f LATIN1 -t UTF-8 FILE > NEW)",
        "no valid JSON: x; y at character 3 of the line": "no valid JSON: x; y at character 3 of the line",
        "row 3: Invalid UTF8 payload": "row 3: Invalid UTF8 payload",
    }
    ends = ("", "; it may be WINDOWS-1252", "; its other letters are UTF-8")
    for reason, expected in old.items():
        given_reasons = [reason + end for end in (ends if reason.startswith("not UTF-8") else [""])]
        frame = pl.DataFrame({"reason": given_reasons}).select(stable_reason(pl.col("reason")))
        assert set(frame["reason"]) == {expected}
