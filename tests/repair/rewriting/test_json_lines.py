"""JSON lines: rows are counted as the reader counts them."""

from __future__ import annotations

import json
from pathlib import Path

from copydesk.readers import find_files
from copydesk.readers.files.compression import open_stream
from copydesk.repair.articles import Repaired
from copydesk.repair.edits import Edit
from copydesk.repair.rewriting.json_lines import rewrite
from copydesk.repair.rewriting.pieces import Queue


def test_blank_and_broken_lines_are_copied_and_counted(tmp_path: Path) -> None:
    line = json.dumps({"text": "Hide Ad. Fine."})
    content = f"\n \t\r\nno json\n{line}\r\n\n[1]\n{line}".encode()
    (tmp_path / "a.jsonl").write_bytes(content)
    repaired = Repaired("a", 4, 7, "x", {"body": "text"}, before={"body": "Hide Ad. Fine."}, edits={})
    repaired.edits["body"] = [Edit(0, 9, "")]
    with open_stream(find_files(tmp_path / "a.jsonl")[0]) as stream:
        pieces = list(rewrite(stream, Queue(iter([repaired]))))
    out = b"".join(p if isinstance(p, bytes) else b"".join(new for _, new in p.parts) for p in pieces)
    assert out == content[: -len(line)] + b'{"text": "Fine."}'
