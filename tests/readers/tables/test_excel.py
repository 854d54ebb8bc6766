from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.errors import CopydeskError, InputError, NoArticlesError
from copydesk.readers import read

ReadBytes = Callable[..., tuple[list[dict[str, Any]], list[Any]]]
texts = st.text(st.characters(codec="utf-8", categories=("L", "N", "P")), min_size=1, max_size=20)
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def _xlsx(sheets: dict[str, list[list[str]]]) -> bytes:
    """Write the smallest file that Excel would open."""
    data = io.BytesIO()
    names = list(sheets)
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as file:
        entries = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="r{n}"/>' for n, name in enumerate(names, 1))
        file.writestr(
            "xl/workbook.xml", f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>{entries}</sheets></workbook>'
        )
        package = "http://schemas.openxmlformats.org/package/2006/relationships"
        root = f'<Relationship Id="r0" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/>'
        file.writestr("_rels/.rels", f'<Relationships xmlns="{package}">{root}</Relationships>')
        links = "".join(
            f'<Relationship Id="r{n}" Type="{RELATIONS}/worksheet" Target="worksheets/s{n}.xml"/>'
            for n in range(1, len(names) + 1)
        )
        file.writestr("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{package}">{links}</Relationships>')
        for n, rows in enumerate(sheets.values(), 1):
            cells = "".join(
                f'<row r="{r}">'
                + "".join(
                    f'<c r="{chr(65 + c)}{r}" t="inlineStr"><is><t>{escape(cell)}</t></is></c>'
                    for c, cell in enumerate(row)
                )
                + "</row>"
                for r, row in enumerate(rows, 1)
            )
            file.writestr(
                f"xl/worksheets/s{n}.xml", f'<worksheet xmlns="{MAIN}"><sheetData>{cells}</sheetData></worksheet>'
            )
    return data.getvalue()


@settings(max_examples=10)
@given(st.lists(st.tuples(texts, texts), min_size=1, max_size=5))
def test_what_is_written_is_read_back(read_bytes: ReadBytes, stories: list[tuple[str, str]]) -> None:
    data = _xlsx({"Notes": [["a"], ["x"]], "News": [["title", "text"], *map(list, stories)]})
    for size in (1, 1 << 20):
        rows, rejected = read_bytes(data, "a.xlsx", chunk_bytes=size)
        assert (rows, rejected) == ([{"headline": title, "body": text} for title, text in stories], [])


@settings(max_examples=25)
@given(st.binary(max_size=30), st.integers(0, 1500), st.booleans())
def test_no_bytes_crash_it(read_bytes: ReadBytes, junk: bytes, at: int, cut: bool) -> None:
    whole = _xlsx({"News": [["title", "text"], ["Flood", "It rained."], ["Storm", "It blew."]]})
    data = whole[:at] if cut else whole[:at] + junk + whole[at + len(junk) :]
    for name in ("a.xlsx", "a.xls", "a.ods"):
        try:
            rows, rejected = read_bytes(data, name)
        except CopydeskError as error:
            assert name in str(error)
        else:
            assert len(rows) + len(rejected) == 2


def test_a_sheet_may_be_named(tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    file.write_bytes(_xlsx({"March": [["text"], ["It rained."]], "April": [["text"], ["It blew."]]}))
    [chunk] = read([f"{file}::April"])
    assert chunk.articles.select("row", "line", "body").rows() == [(1, 2, "It blew.")]
    for path, said in ((str(file), "got 2 of them: March, April"), (f"{file}::Apri", "Did you mean 'April'")):
        with pytest.raises(InputError, match=said):
            list(read([path]))


def test_a_sheet_without_rows_holds_no_articles(read_bytes: ReadBytes) -> None:
    with pytest.raises(NoArticlesError, match="rows in the sheet 'News'"):
        read_bytes(_xlsx({"News": [["title", "text"]]}), "a.xlsx")
