from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.errors import CopydeskError, InputError, MappingError, NoArticlesError
from copydesk.readers.fields.columns import Columns
from copydesk.readers.files.source import ReadOptions
from copydesk.readers.json import json_lines
from copydesk.testing.strategies import hostile_text, scraped
from copydesk.text.buffer import SPARE

ReadBytes = Callable[..., tuple[list[dict[str, Any]], list[Any]]]

_scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(min_value=-(2**140), max_value=2**140)
    | st.floats(allow_nan=True, allow_infinity=True)
    | hostile_text(max_size=6, lone_surrogates=True)
)
_values = st.recursive(
    _scalars,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["name", "value", "sections", "paragraphs", "x", "body"]), inner, max_size=3)
    ),
    max_leaves=6,
)
_records = st.dictionaries(st.sampled_from(["id", "title", "body", "authors", "other"]), _values, max_size=5).map(
    lambda record: {k: v for k, v in record.items() if k != "body" or not isinstance(v, dict | list)}
)
_junk = st.sampled_from(
    [
        b"",
        b"   ",
        b"\t\r",
        b"{",
        b"}",
        b"[1]",
        b"null",
        b'"text"',
        b"5",
        b'{"body": "cut',
        b'{"body": "a"} {"body": "b"}',
        b'{"body": "a"},',
        b'{"body": "\xe9t\xe9"}',
        b'{"body": "\xed\xa0\x80"}',
        b'{"body": "a", "body": "b"}',
        b'{"body": "tab\there"}',
        b'{"body": "nul\x00here"}',
        b'{"body": NaN, "id": 1e400}',
        b'{"body": "\\ud800"}',
        b'{"body": "\\\\ud800 \\\\\\ud800 \\ud83d\\ude00"}',
        b'{"body": "\\ude00\\ud83d"}',
        b'{"body": "\\\\ud83d\\ude00"}',
        b'{"bod\\u0079": "key by escape"}',
        b'{"body": "' + b"\xe2\x80\xa8\xe2\x80\xa9\xc2\x85" + b'"}\r',
        b'\xef\xbb\xbf{"body": "a"}',
        b"\x0c",
        b"\x1f\x8b\x08",
        b"\x28\xb5\x2f\xfd",
        gzip.compress(b'{"body": "packed"}'),
        zlib.compress(b'{"body": "packed"}'),
        b'{"body": 1.50, "id": -0, "title": -0.0}',
        b'{"body": 1e22, "id": 1E-7, "title": 123456789012345678901234567890123456789012345}',
        b'{"body": "[1, 2]", "id": [1, 2], "title": ["[1]", null, {"name": "x"}]}',
        b'{"body": "{\\"name\\": 1}", "id": {"name": "x"}}',
        b"{}",
        b'{"other": ' + 70 * b"[" + 70 * b"]" + b', "body": "deep"}',
        b'{"other": [{}, [], {"a": [-0.5e-3, true, null, "\\u00e9"]}], "body": "nested"}',
        b'{"id": 00, "body": "x"}',
        b'{"id": 0.10, "title": 123456789.123456789, "body": 0.00001}',
        b'{"id": ' + 5000 * b"7" + b', "body": "long"}',
        b'{"id": 1., "body": "x"}',
        b'{"other": -, "body": "x"}',
        b'{"other": nul, "body": "x"}',
        b'{"other": ["a" "b"], "body": "x"}',
        b'{"other": {"a": 1,}, "body": "x"}',
        b'{"title": ["a", null, "b"], "body": ["a", "", null]}',
        b'{"title": [], "body": [ ] , "id":"x"\t}\r ',
        b'{"title": null, "title": "second", "body": "a", "body": {"name": "b"}}',
        b'{"body": "\xf0\x90\x80\x80\xed\x9f\xbf\xc2\x80"}',
        b'{"body": "\xc0\x80"}',
        b'{"other": "\xf4\x90\x80\x80", "body": "x"}',
        b'{"\xe0\x80\x80": 1, "body": "x"}',
    ]
)


def _dump(record: dict[str, Any], ascii_only: bool) -> bytes:
    text = json.dumps(record, ensure_ascii=ascii_only)
    return text.encode(errors="replace")


def _cut_into(line: bytes, places: list[int], new: list[bytes]) -> bytes:
    for place, byte in zip(places, new, strict=False):
        place %= len(line) + 1
        line = line[:place] + byte + line[place + (place % 3) :]
    return line


_dumped = st.builds(_dump, _records, st.booleans())
_bytes = st.sampled_from([b"", *(bytes([byte]) for byte in b'{}[]",:\\ue0159.-+tfn \t\r\x00\x1f\xc3\xa9\xed\xff')])
_damaged = st.builds(
    _cut_into, st.one_of(_junk, _dumped), st.lists(st.integers(0, 200), max_size=3), st.lists(_bytes, max_size=3)
)
_lines = st.one_of(_junk, _dumped, _damaged, st.binary(max_size=30)).map(lambda line: line.replace(b"\n", b""))
_files = st.lists(_lines, min_size=1, max_size=12).map(
    lambda lines: b'{"body": "", "id": "", "title": ""}\n' + b"\n".join(lines)
)


@given(scraped(), st.sampled_from(["\n", "\r\n", "\n\n", " \n\t\n"]), st.booleans())
def test_what_is_written_is_read_back(read_bytes: ReadBytes, found: Any, end: str, ascii_only: bool) -> None:
    _, records, articles = found
    text = "".join(json.dumps(record, ensure_ascii=ascii_only) + end for record in records)
    assert read_bytes(text.encode(), "a.jsonl") == (articles, [])


@given(_files)
def test_every_line_is_read_or_rejected_with_its_number(read_bytes: ReadBytes, data: bytes) -> None:
    rows, rejected = read_bytes(data, "a.jsonl", bare=False)
    numbers = [number for number, line in enumerate(data.split(b"\n"), 1) if line.strip(b" \t\r")]
    assert sorted([row["line"] for row in rows] + [row.line for row in rejected]) == numbers
    assert [numbers[row["row"] - 1] for row in rows] == [row["line"] for row in rows]
    assert [row.line for row in rejected] == sorted(row.line for row in rejected)


@given(_files)
def test_the_kernel_reads_what_python_reads(read_bytes: ReadBytes, data: bytes) -> None:
    read = json_lines._Texts.read

    def none_of_it(self: json_lines._Texts, block: Any) -> Any:
        count, places, ours = read(self, block)
        return count, places, ours & False

    fast = read_bytes(data, "a.jsonl", bare=False)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_lines._Texts, "read", none_of_it)
        assert read_bytes(data, "a.jsonl", bare=False) == fast


_plain = (
    st.none()
    | st.booleans()
    | st.integers()
    | hostile_text(max_size=6)
    | st.lists(st.none() | hostile_text(max_size=6))
)
_plain_records = st.dictionaries(st.sampled_from(["id", "title", "body", "authors", "other"]), _plain)


@given(st.lists(_plain_records, min_size=1), st.booleans())
def test_python_need_not_read_plain_records(records: list[dict[str, Any]], ascii_only: bool) -> None:
    data = b"".join(_dump(record, ascii_only) + b"\n" for record in records)
    columns = Columns("a.jsonl", {"id": "id", "headline": "title", "body": "body", "byline": "authors"})
    count, places, ours = json_lines._Texts(columns, 100).read(np.frombuffer(data + bytes(SPARE), np.uint8))
    assert ours.all() and count == len(ours) == len(records)
    assert [json.loads(data[begin:end]) for _, begin, end in places.T] == records


@pytest.mark.parametrize("before", [0, 1, 2000])
@pytest.mark.parametrize("end", [b'"}\n', b""])
def test_a_line_that_is_too_long_is_an_error_that_says_where(read_bytes: ReadBytes, before: int, end: bytes) -> None:
    lines, options = b'{"body": "x"}\n' * before, ReadOptions(longest_line=1 << 20)
    whole = lines * 100 + b'{"body": "x"}'  # a file may be longer
    assert len(read_bytes(whole, "a.jsonl", chunk_bytes=1 << 10, options=options)[0]) == 100 * before + 1
    said = (
        rf"a\.jsonl: line {before + 1:,}: expected at most 1,048,576 bytes, got more than [\d,]+\."
        r" If it is an article, allow more: copydesk check \S*a\.jsonl --longest-line 3MB\. .*suffix \.json"
    )
    with pytest.raises(InputError, match=said):
        read_bytes(lines + b'{"body": "' + b"x" * (5 << 20) + end, "a.jsonl", chunk_bytes=1 << 10, options=options)


def test_a_longer_line_may_be_allowed(read_bytes: ReadBytes) -> None:
    line = b'{"body": "' + b"x" * (3 << 20) + b'"}\n'
    assert len(read_bytes(line, "a.jsonl", options=ReadOptions(longest_line=4 << 20))[0]) == 1


@settings(max_examples=25)
@given(_files, st.sampled_from([1, 30, 1 << 20]))
def test_the_size_of_a_chunk_changes_nothing(read_bytes: ReadBytes, data: bytes, block: int) -> None:
    whole = read_bytes(data, "a.jsonl", bare=False)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_lines, "_BLOCK_BYTES", block)
        for size in (1, 17, 100):
            assert read_bytes(data, "a.jsonl", bare=False, chunk_bytes=size) == whole


@given(st.binary(max_size=200))
def test_no_bytes_crash_it(read_bytes: ReadBytes, data: bytes) -> None:
    try:
        rows, rejected = read_bytes(data, "a.jsonl")
    except CopydeskError as error:
        assert str(error)
        return
    plain = data.removeprefix(b"\xef\xbb\xbf")
    assert len(rows) + len(rejected) == sum(bool(line.strip(b" \t\r")) for line in plain.split(b"\n"))


@given(hostile_text(lone_surrogates=True))
def test_a_lone_surrogate_becomes_the_replacement_character(read_bytes: ReadBytes, text: str) -> None:
    # json.loads joins two halves that meet, as every JSON reader does.
    line = json.dumps({"body": text})
    [row], _ = read_bytes(line.encode(), "a.jsonl")
    assert row["body"] == json.loads(line)["body"].encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def test_a_bad_line_among_many_is_the_only_one_rejected(read_bytes: ReadBytes) -> None:
    lines = [json.dumps({"body": f"text {number} " * 20}).encode() for number in range(5000)]
    lines[1234] = b'{"body": "cut'
    lines[4000] = b'{"body": "\xff"}'
    rows, rejected = read_bytes(b"\n".join(lines), "a.jsonl", bare=False)
    assert [row.line for row in rejected] == [1235, 4001]
    assert rejected[0].reason == "not valid JSON: Unterminated string starting at character 10 of the line"
    assert "not UTF-8 at byte 11" in rejected[1].reason
    assert len(rows) == 4998 and rows[-1]["row"] == rows[-1]["line"] == 5000


def test_lines_without_an_object_before_the_first_one_are_rejected(read_bytes: ReadBytes) -> None:
    rows, rejected = read_bytes(b"junk\n" * 2500 + b'{"body": "x"}\n', "a.jsonl", bare=False)
    assert [(row["row"], row["line"], row["body"]) for row in rows] == [(2501, 2501, "x")]
    assert [row.line for row in rejected] == list(range(1, 2501))


def test_a_key_after_the_first_thousand_lines_is_not_recognised(read_bytes: ReadBytes) -> None:
    data = b'{"body": "x"}\n' * 1000 + b'{"body": "y", "title": "late"}\n'
    rows, _ = read_bytes(data, "a.jsonl", chunk_bytes=10)
    assert len(rows) == 1001 and set(rows[-1]) == {"body"}


def test_a_very_long_line_is_read(read_bytes: ReadBytes) -> None:
    body = "Ärger " * 6_000_000
    data = json.dumps({"body": body}, ensure_ascii=False).encode() + b'\n{"body": "x"}'
    assert len(data) > 40_000_000
    rows, rejected = read_bytes(data, "a.jsonl", chunk_bytes=1 << 20)
    assert [row["body"] for row in rows] == [body, "x"] and not rejected


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ('["One.", "Two."]', "One.\nTwo."),
        ("[]", ""),
        ('["One.", null, 2, true, 1.50]', "One.\n2\ntrue\n1.5"),
        (
            '{"summary": ["s"], "sections": [{"headline": ["h"], "paragraphs": ["One.", "Two."]}]}',
            "s\nh\nOne.\nTwo.",
        ),
        ('[{"role": "main", "value": "One."}, {"role": "short", "value": "1."}]', "One."),
        ('{"text": [1, "\\u00e9"]}', "1\né"),
        ('"[not a list]"', "[not a list]"),
        ("12", "12"),
        ("false", "false"),
        ("null", None),
        ('"a\\u0000b"', "a\x00b"),
        ('"a\\r\\nb"', "a\r\nb"),
        ('"\\ud83d\\ude00"', "😀"),
        ('"x\\ud83d"', "x\ufffd"),
    ],
)
def test_the_text_of_a_value(read_bytes: ReadBytes, value: str, text: str | None) -> None:
    [row], _ = read_bytes(f'{{"body": {value}}}'.encode(), "a.jsonl")
    assert row["body"] == text


def test_names_in_a_list_are_joined_with_commas(read_bytes: ReadBytes) -> None:
    data = b'{"body": "x", "authors": ["A", {"@type": "Person", "name": "B"}]}\n{"body": "x", "authors": "C"}\n'
    rows, _ = read_bytes(data, "a.jsonl")
    assert [row["byline"] for row in rows] == ["A, B", "C"]


@pytest.mark.parametrize(
    ("data", "error", "said"),
    [
        (b"", NoArticlesError, "holds no articles"),
        (b"\n \n", NoArticlesError, "holds no articles"),
        (b"\xef\xbb\xbf", NoArticlesError, "holds no articles"),
        ('{"body": "x"}'.encode("utf-16"), InputError, "iconv -f UTF-16"),
        ('{"body": "x"}'.encode("utf-16-le"), InputError, "iconv -f UTF-16"),
        ('{"body": "x"}'.encode("utf-16-be"), InputError, "iconv -f UTF-16"),
        (b"\x1f\x8b\x08\0\0\0\0\0", InputError, ".gz"),
        (b"\x28\xb5\x2f\xfd\0\0\0\0", InputError, ".zst"),
        (b'{"title": "x"}', MappingError, "--map body=COLUMN"),
        (b"{}", MappingError, "--map body=COLUMN"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(
    read_bytes: ReadBytes, data: bytes, error: type[Exception], said: str
) -> None:
    with pytest.raises(error) as caught:
        read_bytes(data, "bad.jsonl")
    assert "bad.jsonl" in str(caught.value) and said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_latin_1_is_rejected_with_the_remedy(read_bytes: ReadBytes) -> None:
    rows, [rejected] = read_bytes('{"body": "a"}\n{"body": "é"}'.encode("latin-1"), "a.jsonl")
    assert len(rows) == 1 and rejected.line == 2 and rejected.reason.startswith("not UTF-8 at byte ")
