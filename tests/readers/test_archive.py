from __future__ import annotations

import io
import json
import tarfile
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.errors import CopydeskError, InputError, NoArticlesError
from copydesk.readers import archive, read
from copydesk.readers.archive import MOST_TIMES

SUFFIXES = (".zip", ".tar", ".tgz", ".tar.gz", ".txz", ".tar.bz2")


def _line(number: int) -> bytes:
    return json.dumps({"title": f"Story {number}", "text": f"It rained {number} times."}).encode() + b"\n"


def _pack(files: dict[str, bytes], suffix: str) -> bytes:
    data = io.BytesIO()
    if suffix == ".zip":
        with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as zipped:
            for name, content in files.items():
                zipped.writestr(name, content)
        return data.getvalue()
    mode: Any = {".tar": "w", ".tgz": "w:gz", ".tar.gz": "w:gz", ".txz": "w:xz", ".tar.bz2": "w:bz2"}[suffix]
    with tarfile.open(fileobj=data, mode=mode) as tar:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
    return data.getvalue()


def _read(folder: Path, files: dict[str, bytes], suffix: str = ".zip") -> tuple[list[tuple[Any, ...]], list[Any]]:
    file = folder / f"a{suffix}"
    file.write_bytes(_pack(files, suffix))
    chunks = list(read([file]))
    assert sum(chunk.bytes for chunk in chunks) == file.stat().st_size
    rows = [row for chunk in chunks if chunk.columns for row in chunk.articles.select("file", "row", "headline").rows()]
    short = [(file.rpartition("::")[2], *rest) for file, *rest in rows]
    return short, [(r.file.rpartition("::")[2], r.reason) for chunk in chunks for r in chunk.rejected]


@pytest.mark.parametrize("suffix", SUFFIXES)
@settings(max_examples=3)
@given(st.lists(st.integers(0, 3), min_size=1, max_size=4))
def test_what_is_packed_is_read_back(folder: Path, suffix: str, counts: list[int]) -> None:
    files = {f"{n}/b.jsonl": b"".join(map(_line, range(count))) for n, count in enumerate(counts)}
    rows, rejected = _read(folder, files, suffix)
    assert rows == [(f"{n}/b.jsonl", i + 1, f"Story {i}") for n, count in enumerate(counts) for i in range(count)]
    assert [name for name, _ in rejected] == [f"{n}/b.jsonl" for n, count in enumerate(counts) if not count]


@pytest.mark.parametrize("suffix", [".zip", ".tar", ".tgz"])
@settings(max_examples=10)
@given(st.binary(min_size=1, max_size=30), st.integers(0, 3000), st.booleans())
def test_no_bytes_crash_it_or_lose_a_row(folder: Path, suffix: str, junk: bytes, at: int, cut: bool) -> None:
    whole = _pack({f"{n}.jsonl": _line(n) for n in range(3)}, suffix)
    at %= len(whole)
    data = whole[:at] if cut else whole[:at] + junk + whole[at + len(junk) :]
    file = folder / f"d{suffix}"
    file.write_bytes(data)
    try:
        chunks = list(read([file]))
    except CopydeskError as error:
        assert file.name in str(error)
        return
    # Junk can turn a name into that of a hidden file or of no known format: such a file is named in the log.
    assert 1 <= sum(len(chunk.articles) + len(chunk.rejected) for chunk in chunks) <= 3


def test_every_cut_of_a_tar_archive_is_an_error(tmp_path: Path) -> None:
    whole = _pack({f"{n}.jsonl": _line(n) for n in range(2)}, ".tar")
    content = len(whole.rstrip(b"\0"))
    for cut in range(1, content, 97):
        (tmp_path / "a.tar").write_bytes(whole[:cut])
        with pytest.raises(InputError, match="cut short"):
            list(read([tmp_path / "a.tar"]))


def test_archives_that_follow_each_other_are_read(tmp_path: Path) -> None:
    one, two = (_pack({f"{n}.jsonl": _line(n)}, ".tar") for n in range(2))
    (tmp_path / "a.tar").write_bytes(one + two)
    assert [len(chunk.articles) for chunk in read([tmp_path / "a.tar"])] == [2]


def test_what_is_not_read_is_named(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    files = {
        "a.jsonl": _line(1),
        "inner.zip": b"PK",
        "../out.jsonl": _line(2),
        "/etc/b.jsonl": _line(3),
        "notes.docx": b"x",
        ".hidden.jsonl": _line(4),
        "bad.json": b"[{",
        "no-body.json": b'[{"a": 1}]',
    }
    rows, rejected = _read(tmp_path, files)
    assert rows == [("a.jsonl", 1, "Story 1")]
    reasons = dict(rejected)
    assert reasons.keys() == {"inner.zip", "../out.jsonl", "/etc/b.jsonl", "bad.json", "no-body.json"}
    assert "an archive in the archive" in reasons["inner.zip"]
    assert "leads out of the archive" in reasons["../out.jsonl"] and "leads out" in reasons["/etc/b.jsonl"]
    assert "notes.docx" in caplog.text


def test_a_file_may_be_named_alone(tmp_path: Path) -> None:
    file = tmp_path / "a.zip"
    file.write_bytes(_pack({"1.jsonl": _line(1), "2.jsonl": _line(2)}, ".zip"))
    [chunk] = read([f"{file}::2.jsonl"])
    assert chunk.articles["headline"].to_list() == ["Story 2"] and chunk.articles["file"][0] == f"{file}::2.jsonl"
    with pytest.raises(InputError, match=r"no file '3\.jsonl' in the archive"):
        list(read([f"{file}::3.jsonl"]))


def test_a_bomb_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "_UNWATCHED", 1 << 16)
    rows, rejected = _read(tmp_path, {"a.jsonl": _line(1), "zeros.txt": bytes(5_000_000)})
    assert len(rows) == 1 and f"more than {MOST_TIMES} times larger" in dict(rejected)["zeros.txt"]
    monkeypatch.setattr(archive, "MOST_BYTES", 10)
    assert "at most 10 are read" in dict(_read(tmp_path, {"a.jsonl": _line(1)})[1])["a.jsonl"]


def test_an_archive_without_articles_holds_none(tmp_path: Path) -> None:
    with pytest.raises(NoArticlesError, match="files of a known format"):
        _read(tmp_path, {"a.docx": b"x"})


def test_links_and_encrypted_files_are_rejected(tmp_path: Path) -> None:
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w") as tar:
        link = tarfile.TarInfo("a.jsonl")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(link)
    (tmp_path / "a.tar").write_bytes(data.getvalue())
    [chunk] = read([tmp_path / "a.tar"])
    assert chunk.rejected[0].reason == "a link or a device, and no file"
    packed = bytearray(_pack({"a.jsonl": _line(1)}, ".zip"))
    packed[packed.rindex(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "a.zip").write_bytes(packed)
    [chunk] = read([tmp_path / "a.zip"])
    assert chunk.rejected[0].reason.startswith("encrypted")


def test_side_files_are_no_articles(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as packed:
        packed.writestr("news/a.txt", "Storm\n\nIt rained.\n")
        packed.writestr("news/README.md", "# Read me\n\nThese are articles.\n")
    assert [chunk.articles["headline"].to_list() for chunk in read(tmp_path / "a.zip")] == [["Storm"]]
    [chunk] = read(str(tmp_path / "a.zip::news/README.md"))
    assert chunk.articles["headline"].to_list() == ["Read me"]
