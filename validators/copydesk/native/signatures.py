"""What each function in C takes: one table, from which Python checks each call and C gets its prototypes.

`copydesk.native.library` holds the arguments of every call against this table. `copydesk.native.header` writes it as
prototypes, so that the C compiler refuses a function that takes anything else. Nothing here needs numpy, because the
build reads it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from copydesk.native.constants import (
    ARRAY_STATE,
    CODES,
    FOLDS,
    KINDS,
    LEAVES,
    PHRASE_TABLES,
    QUOTE,
    SEVERAL_ROWS,
    SHAPES,
    SPARE,
    UPPER,
    WORD_ROWS,
)

__all__ = ["SIGNATURES", "VIEW", "Array", "Arrays", "Number", "Parameter", "Signature", "Spans"]

#: Arrow's view of a string: one of up to 12 bytes lies in it, from `start` on.
VIEW = [("size", "u4"), ("start", "u4"), ("buffer", "u4"), ("offset", "u4")]


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number of 64 bits, not below `least`."""

    least: int = 0


@dataclass(frozen=True, slots=True)
class Array:
    """An array without gaps.

    Attributes:
        kind: numpy's letters for its items (`u1`, `i8`, `?`, ...), or `view`.
        size: the least number of its items, or the parameter that says it.
        times, plus: what that number is multiplied by, and what is then added.
        out: whether C writes to it.
    """

    kind: str
    size: int | str
    times: int = 1
    plus: int = 0
    out: bool = False


@dataclass(frozen=True, slots=True)
class Arrays:
    """Several arrays without gaps, of one kind; None stands for one that is not there.

    Attributes:
        kind: as of `Array`.
        count: the parameter that says how many there are.
        size: the parameter that says how many items each has at least; if that is an array, it says so of each.
        out: whether C writes to them.
    """

    kind: str
    count: str
    size: str
    out: bool = False


Parameter = Number | Array | Arrays


@dataclass(frozen=True, slots=True)
class Spans:
    """Places in a buffer: `begin[n] <= end[n]`, and both lie in `data`, but for its last `spare` bytes.

    Without `end`, `begin` has one item more than there are texts, and each text ends where the next one begins.
    """

    begin: str
    end: str | None
    data: str
    spare: int = SPARE


@dataclass(frozen=True, slots=True)
class Signature:
    """A function in C: its parameters in their order, what must hold of places, and whether it returns a number."""

    parameters: Mapping[str, Parameter]
    spans: Spans | None = None
    returns: bool = True


def _out(kind: str, size: int | str, times: int = 1, plus: int = 0) -> Array:
    return Array(kind, size, times, plus, out=True)


_TEXT = Array("u1", SPARE)
_LINES: Mapping[str, Parameter] = {
    "data": _TEXT,
    "begin": Array("i8", "count"),
    "end": Array("i8", "count"),
    "count": Number(),
}
_TEXTS: Mapping[str, Parameter] = {"data": _TEXT, "bounds": Array("i8", "count", plus=1), "count": Number()}
_CHARACTERS: Mapping[str, Parameter] = {
    "kinds": Array("u1", KINDS),
    "upper": Array("u4", UPPER),
    "several": Array("u4", 3 * SEVERAL_ROWS),
}
_CODES: Mapping[str, Parameter] = {"codes": Array("u1", CODES)}
_FOLDS: Mapping[str, Parameter] = {"folds": Array("u4", FOLDS)}
_MATCHES: Mapping[str, Parameter] = {
    "data": Array("u1", "size", plus=SPARE),
    "size": Number(),
    "ends": _out("i8", "room"),
    "room": Number(),
}
_PARTS: Mapping[str, Parameter] = {
    "parts": Number(1),
    "numbers": Arrays("u8", "parts", "room", out=True),
    "room": Array("i8", "parts"),
    "sizes": _out("i8", "parts"),
}
_OF_LINES, _OF_TEXTS = Spans("begin", "end", "data"), Spans("bounds", None, "data")

SIGNATURES: Mapping[str, Signature] = {
    # memory.c
    "release_memory": Signature({}, returns=False),
    # buffer.c
    "find_bad_span": Signature(
        {"begin": Array("i8", "count"), "end": Array("i8", "count"), "count": Number(), "size": Number()}
    ),
    "write_texts": Signature(
        {
            "views": Array("view", "count"),
            "count": Number(),
            "buffers": Arrays("u1", "buffer_count", "sizes"),
            "sizes": Array("i8", "buffer_count"),
            "buffer_count": Number(),
            "breaks": Number(),
            "out": _out("u1", "room"),
            "room": Number(),
            "bounds": _out("i8", "count", plus=1),
        }
    ),
    "find_texts": Signature(
        {
            "views": Array("view", "count"),
            "count": Number(),
            "data": Array("u1", "size"),
            "size": Number(),
            "breaks": Number(),
            "bounds": _out("i8", "count", plus=1),
        }
    ),
    "make_views": Signature(
        {**_LINES, "data": Array("u1", 0), "buffer": Number(), "views": _out("view", "count")},
        Spans("begin", "end", "data", spare=0),
        returns=False,
    ),
    "count_line_breaks": Signature({"data": Array("u1", "size"), "size": Number()}),
    # json.c
    "split_json_array": Signature(
        {
            "data": Array("u1", "size", out=True),
            "size": Number(),
            "state": _out("i8", ARRAY_STATE),
            "lines": _out("i8", "room"),
            "room": Number(),
        }
    ),
    "read_json_lines": Signature(
        {
            "data": Array("u1", "size", plus=SPARE),
            "size": Number(),
            "names": Array("u1", "name_bytes"),
            "name_bytes": Number(),
            "name_bounds": Array("i8", "columns", plus=1),
            "separators": Array("u1", "separator_bytes"),
            "separator_bytes": Number(),
            "separator_bounds": Array("i8", "columns", plus=1),
            "columns": Number(),
            "body": Number(-1),
            "rows": Number(),
            "bodies": _out("u1", "body_room"),
            "body_room": Number(),
            "others": _out("u1", "other_room"),
            "other_room": Number(),
            "buffers": Array("i8", 2),
            "written": _out("i8", 2),
            "views": _out("view", "cells"),
            "states": _out("u1", "cells"),
            "cells": Number(),
            "line": _out("i8", "rows"),
            "begin": _out("i8", "rows"),
            "end": _out("i8", "rows"),
            "read": _out("?", "rows"),
        }
    ),
    # paragraphs.c
    "hash_lines": Signature(
        {**_CHARACTERS, **_LINES, "squeezed": Number(), "hashes": _out("u8", "count")}, _OF_LINES, returns=False
    ),
    "split_paragraphs": Signature(
        {
            **_CHARACTERS,
            **_TEXTS,
            "room": Number(),
            "begin": _out("i8", "room"),
            "end": _out("i8", "room"),
            "start": _out("i8", "room"),
            "chars": _out("i8", "room"),
            "words": _out("i8", "room"),
            "text": _out("u4", "room"),
            "par": _out("u4", "room"),
            "key": _out("u8", "room"),
            "ends": _out("?", "room"),
            "lower": _out("?", "room"),
        },
        _OF_TEXTS,
    ),
    # sentences.c
    "split_sentences": Signature(
        {
            **_LINES,
            "room": Number(),
            "sentence_begin": _out("i8", "room"),
            "sentence_end": _out("i8", "room"),
            "line": _out("i8", "room"),
            "spaces": _out("i8", "room"),
        },
        _OF_LINES,
    ),
    # phrases.c
    "code_first_words": Signature(
        {
            **_CODES,
            **_LINES,
            "first": _out("u8", "count"),
            "raw": _out("u8", "count"),
            "second": _out("u8", "count"),
            "strange": _out("?", "count"),
            "length": _out("u1", "count"),
        },
        _OF_LINES,
        returns=False,
    ),
    "code_last_words": Signature({**_CODES, **_LINES, "last": _out("u8", "count")}, _OF_LINES, returns=False),
    "strip_marks": Signature(
        {**_CODES, **_LINES, "first": _out("i8", "count"), "last": _out("i8", "count")}, _OF_LINES, returns=False
    ),
    "fill_table": Signature(
        {"codes": Array("u8", "count"), "count": Number(), "table": _out("u8", "places"), "places": Number(1)}
    ),
    "match_phrases": Signature(
        {
            **_CODES,
            "tables": Arrays("u8", "table_count", "places"),
            "places": Array("i8", "table_count"),
            "table_count": Number(PHRASE_TABLES),
            "masks": Array("u8", "mask_count"),
            "mask_count": Number(),
            **_LINES,
            "numbered": Array("?", "count"),
            "possible": _out("?", "count"),
        },
        _OF_LINES,
        returns=False,
    ),
    # language.c
    "hash_words": Signature({**_LINES, "hashes": _out("u8", "count")}, _OF_LINES, returns=False),
    "find_frequent_words": Signature(
        {
            "tables": Arrays("u8", "table_count", "places"),
            "places": Array("i8", "table_count"),
            "table_count": Number(),
            "of": Array("i8", "count"),
            **_LINES,
            "chars": Number(),
            "least": Number(),
            "confirmed": _out("?", "count"),
        },
        _OF_LINES,
    ),
    # patterns.c
    "find_missing_spaces": Signature(_MATCHES),
    "find_mojibake": Signature(_MATCHES),
    # folding.c
    "find_unfoldable_lines": Signature({**_FOLDS, **_LINES, "unfoldable": _out("?", "count")}, _OF_LINES, False),
    "normalise_lines": Signature(
        {
            **_FOLDS,
            **_LINES,
            "out": _out("u1", "room"),
            "room": Number(),
            "out_begin": _out("i8", "count"),
            "out_end": _out("i8", "count"),
        },
        _OF_LINES,
    ),
    # furniture.c
    "describe_lines": Signature(
        {**_FOLDS, **_LINES, "shapes": _out("u1", "count", times=SHAPES)}, _OF_LINES, returns=False
    ),
    "hash_long_words": Signature(
        {
            **_FOLDS,
            **_LINES,
            "words": _out("u4", "room"),
            "room": Number(),
            "bounds": _out("i8", "count", plus=1),
        },
        _OF_LINES,
    ),
    "share_words": Signature(
        {
            "words": Array("u4", "word_count"),
            "word_count": Number(),
            "bounds": Array("i8", "count", plus=1),
            "count": Number(),
            "story": Array("?", "count"),
            "of": Array("i8", "articles", plus=1),
            "articles": Number(),
            "head_words": Array("u4", "head_count"),
            "head_count": Number(),
            "heads": Array("i8", "articles", plus=1),
            "table": _out("u4", 4 * WORD_ROWS),
            "known": _out("u1", "count"),
            "fresh": _out("u1", "count"),
            "headline": _out("u1", "count"),
        }
    ),
    # sketches.c
    "sketch_texts": Signature(
        {
            **_TEXTS,
            "levels": Array("u1", "count"),
            "base": Array("u4", 256),
            "span": Array("u8", 256),
            "places": _out("i8", "longest"),
            "hashes": _out("u4", "longest"),
            "longest": Number(),
            "room": Number(),
            "windows": _out("u4", "count"),
            "limit": _out("u4", "count"),
            "passages": _out("u4", "room"),
            "starts": _out("u4", "room"),
            "quotes": _out("u1", "room", times=QUOTE),
            "kept": _out("i8", "count"),
            "quoted": _out("i8", "count"),
        },
        _OF_TEXTS,
    ),
    "share_out_passages": Signature(
        {
            "passages": Array("u4", "total"),
            "total": Number(),
            "lengths": Array("u4", "count"),
            "limits": Array("u4", "count"),
            "texts": Array("u4", "count"),
            "count": Number(),
            **_PARTS,
        }
    ),
    "pair_texts": Signature({"marks": Array("u8", "count"), "count": Number(), **_PARTS}),
    # trees.c
    "score_trees": Signature(
        {
            "cut": Array("u1", "tests"),
            "column": Array("u2", "tests"),
            "low": Array("u2", "tests"),
            "high": Array("u2", "tests"),
            "tests": Number(),
            "bounds": Array("i8", "trees", plus=1),
            "leaves": Array("f8", "trees", times=LEAVES),
            "all_leaves": Array("u2", "trees"),
            "trees": Number(),
            "columns": Arrays("u1", "column_count", "count"),
            "column_count": Number(),
            "count": Number(),
            "totals": _out("f8", "count"),
        }
    ),
}
