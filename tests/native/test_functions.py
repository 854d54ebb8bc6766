"""Whoever calls the door with something wrong gets a Python error, whichever function and whichever array it is.

`test_library.py` holds that of each parameter of the functions in C. Here each Python function is called with a real
case, and each array in it is broken in turn: also those within what the functions take together, such as `Trees`.
"""

from __future__ import annotations

import dataclasses
import os
import platform
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from itertools import pairwise
from typing import Any

import numpy as np
import polars as pl
import pytest

from copydesk.native import functions
from copydesk.native.constants import SPARE, TEXT
from copydesk.native.functions import (
    VIEW,
    CodeTable,
    JsonMemory,
    LongWords,
    Trees,
    fill_table,
    find_bad_span,
    find_frequent_words,
    hash_long_words,
    hash_words,
    pair_texts,
    read_json_lines,
    release_memory,
    score_trees,
    share_out_passages,
    write_texts,
)
from copydesk.native.library import OTHER
from copydesk.native.signatures import SIGNATURES
from copydesk.text.buffer import Text
from copydesk.text.characters import characters
from copydesk.text.folding import folds
from copydesk.text.words import codes

Case = dict[str, Any]


def text() -> Text:
    return Text(pl.Series(["The bridge reopens.Read more", "Åse: 12 crossings à la carte", ""]))


def lines() -> Case:
    some = text()
    # In two ways as tight as can be: nothing behind the zeros, and the last line ends before them.
    return {"data": some.data.copy(), "begin": some.begin.copy(), "end": some.bounds[1:].copy()}


def texts() -> Case:
    some = text()
    return {"data": some.data.copy(), "bounds": some.bounds.copy()}


def views() -> Any:
    some = np.zeros(2, VIEW)
    some["size"] = 3, 20
    some["start"] = int.from_bytes(b"abc", "little"), 0
    return some


def memory() -> JsonMemory:
    return JsonMemory(
        np.zeros(SPARE + 30, np.uint8), np.zeros(SPARE + 30, np.uint8), np.zeros(2, int), np.zeros(2, int)
    )


def json_lines() -> Case:
    data = b'{"body": "a"}\n{"body": ["b"]}\n'
    block = np.frombuffer(data + bytes(SPARE), np.uint8).copy()
    names, separators = Text(pl.Series(["body"])), Text(pl.Series(["\n"]))
    return {
        "data": block,
        "size": len(data),
        "names": (names.bytes.copy(), names.bounds.copy()),
        "separators": (separators.bytes.copy(), separators.bounds.copy()),
        "body": 0,
        "most": 2,
        "memory": memory(),
    }


def trees() -> Trees:
    column, low, high = np.array([[0, 0], [1, 1], [2, 2]], np.uint16)
    return Trees(
        np.array([7, 8], np.uint8),
        column,
        low,
        high,
        np.array([0, 1, 2]),
        np.arange(32.0).reshape(2, 16),
        np.array([3, 3], np.uint16),
    )


def tables() -> list[CodeTable]:
    return [fill_table(np.array([3, 5], np.uint64)) for _ in range(5)]


#: A real call of each function. What a function needs nothing for has no arguments.
CASES: dict[str, Callable[[], Case]] = {
    "release_memory": dict,
    "find_bad_span": lambda: {"begin": np.array([0, 2]), "end": np.array([2, 3]), "size": 3},
    "write_texts": lambda: {"views": views(), "buffers": [np.zeros(20, np.uint8)], "breaks": True},
    "find_texts": lambda: {"views": views(), "data": np.zeros(600, np.uint8), "breaks": True},
    "make_views": lambda: {**lines(), "data": text().bytes.copy()},
    "count_line_breaks": lambda: {"data": text().bytes.copy(), "size": text().size},
    "split_json_array": lambda: {
        "data": np.frombuffer(bytearray(b'[{"a": 1}, 2]'), np.uint8),
        "size": 13,
        "state": np.zeros(7, np.int64),
    },
    "read_json_lines": json_lines,
    "hash_lines": lambda: {"tables": characters(), **lines()},
    "split_paragraphs": lambda: {"tables": characters(), **texts()},
    "split_sentences": lines,
    "code_first_words": lambda: {"codes": codes(), **lines()},
    "code_last_words": lambda: {"codes": codes(), **lines()},
    "strip_marks": lambda: {"codes": codes(), **lines()},
    "fill_table": lambda: {"codes": np.array([3, 5], np.uint64)},
    "match_phrases": lambda: {
        "codes": codes(),
        "tables": tables(),
        "prefixes": tables()[:2],
        "masks": np.array([255, 65535], np.uint64),
        **lines(),
        "numbered": np.ones(3, np.bool_),
    },
    "hash_words": lines,
    "find_frequent_words": lambda: {"tables": tables(), "of": np.array([0, 1, 2]), **lines(), "chars": 9, "least": 1},
    "find_missing_spaces": lambda: {"data": text().data.copy(), "size": text().size},
    "find_mojibake": lambda: {"data": text().data.copy(), "size": text().size},
    "find_unfoldable_lines": lambda: {"folds": folds(), **lines()},
    "normalise_lines": lambda: {"folds": folds(), **lines()},
    "describe_lines": lambda: {"folds": folds(), **lines()},
    "hash_long_words": lambda: {"folds": folds(), **lines()},
    "share_words": lambda: {
        "lines": hash_long_words(folds(), **lines()),
        "story": np.ones(3, np.bool_),
        "of": np.array([0, 1, 3]),
        "headlines": LongWords(np.array([1, 2], np.uint32), np.array([0, 1, 2])),
    },
    "sketch_texts": lambda: {
        **texts(),
        "levels": np.full(3, 255, np.uint8),
        "base": np.zeros(256, np.uint32),
        "span": np.ones(256, np.uint64),
    },
    "share_out_passages": lambda: {"batches": [tuple(np.ones(2, np.uint32) for _ in range(4))], "parts": 1},
    "pair_texts": lambda: {"marks": np.array([1, 2], np.uint64)},
    "score_trees": lambda: {"trees": trees(), "columns": [np.arange(3, dtype=np.uint8)], "totals": np.zeros(3)},
}

#: Arrays of which fewer items are as good as more.
ANY_LENGTH = {
    ("write_texts", "views"),
    ("find_texts", "views"),
    ("find_texts", "data"),  # the texts then do not lie in it, which is what is asked
    ("split_paragraphs", "bounds"),
    ("sketch_texts", "bounds"),
    ("share_out_passages", "batches[0][1]"),
    ("score_trees", "trees.all_leaves"),
    ("fill_table", "codes"),
    ("pair_texts", "marks"),
    ("score_trees", "totals"),
}
#: Arrays of which a copy is taken first.
COPIED = {("fill_table", "codes")}


def arrays(value: Any, name: str) -> Iterator[tuple[str, Any, Callable[[Any], Any]]]:
    """Yield the arrays in an argument: what they are called, and how to make the argument with another in its place."""
    if isinstance(value, np.ndarray):
        yield name, value, lambda new: new
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            for inner, array, make in arrays(getattr(value, field.name), f"{name}.{field.name}"):
                yield inner, array, partial(in_field, value, field.name, make)
    elif isinstance(value, list | tuple):
        for n, item in enumerate(value):
            for inner, array, make in arrays(item, f"{name}[{n}]"):
                yield inner, array, partial(in_place, value, n, make)


def in_field(value: Any, field: str, make: Callable[[Any], Any], new: Any) -> Any:
    return dataclasses.replace(value, **{field: make(new)})


def in_place(value: Any, n: int, make: Callable[[Any], Any], new: Any) -> Any:
    return type(value)([*value[:n], make(new), *value[n + 1 :]])


def wrong(array: Any) -> Iterator[tuple[str, Any, type[Exception]]]:
    other = np.zeros(array.shape, np.complex64)
    yield "another type", other, TypeError
    yield "gaps", np.repeat(array, 2, axis=-1)[..., ::2] if array.size > 1 else np.repeat([array], 3)[::2], TypeError
    yield "short", array[:-1], ValueError


def broken() -> Iterator[Any]:
    for function in CASES:
        for argument, value in CASES[function]().items():
            for name, array, make in arrays(value, argument):
                for said, new, error in wrong(array):
                    if said == "short" and (function, name) in ANY_LENGTH:
                        continue
                    if said == "gaps" and (function, name) in COPIED:
                        continue
                    yield pytest.param(function, argument, make(new), error, id=f"{function}-{name}-{said}")
            if type(value) is int and (function, argument) != ("read_json_lines", "body"):
                yield pytest.param(function, argument, -1, ValueError, id=f"{function}-{argument}-negative")


def run(function: str, case: Case) -> Any:
    if function == "share_out_passages":  # it takes what returns batches
        batches = case["batches"]
        case = case | {"batches": lambda: batches}
    return getattr(functions, function)(**case)


def test_each_function_has_a_case() -> None:
    assert CASES.keys() == SIGNATURES.keys()


@pytest.mark.parametrize("function", sorted(CASES))
def test_a_right_call_is_right(function: str) -> None:
    run(function, CASES[function]())


@pytest.mark.parametrize(("function", "argument", "value", "error"), [*broken()])
def test_a_wrong_call_is_a_python_error(function: str, argument: str, value: Any, error: type[Exception]) -> None:
    with pytest.raises(error, match=r"expected .*, got "):
        run(function, CASES[function]() | {argument: value})


# ---- what the table of signatures cannot say: C itself refuses it


def test_a_span_is_bad_where_it_leaves_the_text() -> None:
    begin, end = np.array([0, 3, 3]), np.array([3, 3, 5])
    assert find_bad_span(begin, end, 5) == -1
    assert find_bad_span(begin, end, 4) == 2
    assert find_bad_span(begin, np.array([3, 2, 5]), 5) == 1
    assert find_bad_span(np.array([-1]), np.array([2]), 5) == 0
    assert find_bad_span(begin[:0], end[:0], 0) == -1


@pytest.mark.parametrize(("buffer", "offset", "size"), [(1, 0, 20), (0, 1, 20), (0, 2**32 - 1, 20), (0, 0, 2**32 - 1)])
def test_a_view_outside_its_buffer_is_an_error(buffer: int, offset: int, size: int) -> None:
    some = views()
    some["buffer"][1], some["offset"][1], some["size"][1] = buffer, offset, size
    with pytest.raises(ValueError, match="write_texts: views: expected strings that lie in one of the buffers"):
        write_texts(some, [np.zeros(20, np.uint8)], breaks=False)


@pytest.mark.parametrize(
    "change",
    [
        {"most": 1},
        {"size": 10, "data": np.full(10 + SPARE, ord("{"), np.uint8)},
        {"names": (np.zeros(5, np.uint8), np.array([0, 6]))},
        {"names": (np.zeros(5, np.uint8), np.array([3, 2]))},
        {"names": (np.zeros(5, np.uint8), np.array([3, 3]))},
        {"separators": (np.zeros(5, np.uint8), np.array([0, 5]))},
        {"separators": (np.zeros(5, np.uint8), np.array([0, 0]))},
        {"memory": dataclasses.replace(memory(), written=np.array([1, 0]))},
        {"memory": dataclasses.replace(memory(), written=np.array([0, 1]))},
        {"memory": dataclasses.replace(memory(), written=np.array([-1, 0]))},
    ],
)
def test_json_lines_need_room_and_an_end(change: Case) -> None:
    with pytest.raises(ValueError, match=r"^read_json_lines: expected memory for"):
        read_json_lines(**json_lines() | change)


def test_json_lines_are_read() -> None:
    rows = read_json_lines(**json_lines())
    assert rows.read.all() and (rows.states == TEXT).all() and rows.places[0].tolist() == [0, 1]


@pytest.mark.parametrize("function", ["split_paragraphs"])
def test_a_text_without_its_line_break_is_an_error(function: str) -> None:
    case = CASES[function]()
    case["bounds"][-1] -= 1
    case["data"][case["bounds"][-1] - 1] = ord("x")
    with pytest.raises(ValueError, match="at the end of each text, got a text without"):
        run(function, case)


def test_a_table_finds_its_codes_however_many_they_are() -> None:
    for count in (0, 1, 2, 3, 4, 100):
        some = text()
        hashes = hash_words(some.data, some.begin, some.end)
        rest = np.arange(1, count + 1, dtype=np.uint64)
        table = fill_table(np.r_[hashes, rest]).places
        assert {*table.tolist()} == {0, *hashes.tolist(), *rest.tolist()}
        assert len(table) & (len(table) - 1) == 0


@pytest.mark.parametrize("places", [3, 5, -2])
def test_a_table_has_a_power_of_two_of_places(places: int) -> None:
    if places > 2:
        with pytest.raises(ValueError, match=f"expected a power of two as `places`, got {places}"):
            fill_table(np.array([1], np.uint64), places=places)
    else:
        assert len(fill_table(np.array([1], np.uint64), places=places).places) == 4


@pytest.mark.parametrize("number", [-1, 5, 2**62])
def test_a_text_names_a_table_that_is_there(number: int) -> None:
    case = CASES["find_frequent_words"]()
    case["of"][1] = number
    with pytest.raises(ValueError, match="expected numbers of tables below 5"):
        find_frequent_words(**case)


def test_only_a_table_that_was_filled_is_looked_at() -> None:
    case = CASES["match_phrases"]()
    with pytest.raises(TypeError, match="expected what `fill_table` returns, got ndarray"):
        functions.match_phrases(**case | {"tables": [table.places for table in case["tables"]]})
    with pytest.raises(ValueError, match=r"of a power of two of places, got \[.*, 0\]"):
        functions.match_phrases(**case | {"prefixes": [CodeTable(np.empty(0, np.uint64))] * 2})


@pytest.mark.parametrize("of", [[0, 1, 2], [0, 2, 1], [1, 2, 3], [0, 1, 9]])
def test_each_line_is_one_of_an_article(of: list[int]) -> None:
    case = CASES["share_words"]()
    with pytest.raises(ValueError, match="expected places of words and lines in their order"):
        functions.share_words(**case | {"of": np.array(of)})


def test_a_level_is_not_zero() -> None:
    case = CASES["sketch_texts"]()
    case["levels"][0] = 0
    with pytest.raises(ValueError, match="expected numbers from 1 to 255"):
        functions.sketch_texts(**case)


@pytest.mark.parametrize("lengths", [[1, 2], [2**32 - 1, 0]])
def test_passages_are_as_many_as_their_lengths_say(lengths: list[int]) -> None:
    two = np.zeros(2, np.uint32)
    with pytest.raises(ValueError, match="all passages"):
        share_out_passages(lambda: [(two, np.array(lengths, np.uint32), two, two)], 2)


@pytest.mark.parametrize("parts", [3, 6])
def test_parts_are_a_power_of_two(parts: int) -> None:
    with pytest.raises(ValueError, match=f"expected a power of two as `parts` .*, got {parts}"):
        pair_texts(np.zeros(1, np.uint64), parts)


def test_each_pair_comes_to_one_part_once_for_each_mark() -> None:
    marks = np.sort(np.random.default_rng(7).integers(0, 40, 300).astype(np.uint64) << np.uint64(32))
    marks = np.sort(marks | np.random.default_rng(8).integers(0, 30, 300).astype(np.uint64))
    expected = []
    for mark in np.unique(marks >> np.uint64(32)):
        of_mark = [int(m) & 0xFFFFFFFF for m in marks if m >> np.uint64(32) == mark]
        for before, one in pairwise(of_mark):
            if one != before:
                expected += sorted({one << 32 | of_mark[0], one << 32 | before})
    for parts in (1, 4):
        found = pair_texts(marks, parts)
        assert sorted(np.concatenate(found).tolist()) == sorted(expected)
        for part, pairs in enumerate(found):
            assert {int(pair) >> 32 & (parts - 1) for pair in pairs} <= {part}


@pytest.mark.parametrize(
    "change",
    [
        {"column": np.array([0, 1], np.uint16)},
        {"bounds": np.array([0, 1, 3])},
        {"bounds": np.array([0, 1, 0])},
        {"bounds": np.array([-1, 1, 2])},
    ],
)
def test_a_test_of_a_tree_lies_in_it(change: Case) -> None:
    case = CASES["score_trees"]()
    with pytest.raises(ValueError, match="expected tests of 1 columns"):
        score_trees(**case | {"trees": dataclasses.replace(case["trees"], **change)})


def test_a_tree_that_leaves_no_leaf_reads_no_other_memory() -> None:
    case = CASES["score_trees"]()
    none = np.zeros(2, np.uint16)
    score_trees(**case | {"trees": dataclasses.replace(case["trees"], low=none, high=none)})
    assert case["totals"].tolist() == [15.0 + 31.0] * 3


# ---- memory

FREED = """
from pathlib import Path
from copydesk.native.functions import release_memory

def resident():
    return int(Path("/proc/self/statm").read_text().split()[1])

release_memory()
blocks = [b"x" * 60_000 for _ in range(1000)]
del blocks[:-1]  # the last one keeps glibc from giving back those before it
before = resident()
release_memory()
print(before - resident())
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="other C libraries give freed memory back as they like")
def test_freed_memory_goes_back_to_the_system() -> None:
    plain = {name: value for name, value in os.environ.items() if name not in ("LD_PRELOAD", OTHER)}
    done = subprocess.run([sys.executable, "-c", FREED], capture_output=True, text=True, check=True, env=plain)
    assert int(done.stdout) > 10_000  # pages, of the 14,600 that the blocks had


def test_memory_can_be_released_at_any_time() -> None:
    release_memory()
    release_memory()
