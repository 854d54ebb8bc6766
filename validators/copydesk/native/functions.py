"""The door to the part that is in C: a Python function for each function in C, which no other module may call.

What holds of all:

- Text is UTF-8 in one array of bytes (uint8). SPARE zeros stand behind the last text. A text of a column ends in a line
  break, see `copydesk.text.buffer.Text`.
- `begin` and `end` (int64) are places in such an array, in bytes: where each line begins, and where it ends. `bounds`
  has one item more than there are texts: each text ends where the next one begins.
- An array has one dimension and no gaps. What C writes comes back in new arrays, unless the docstring says else.
- Every function raises a TypeError for an array of another type or with gaps, and a ValueError for one that is too
  short, for places outside the text, and for numbers below zero.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from copydesk.lazy import np
from copydesk.native import constants
from copydesk.native.constants import SHAPES, SPARE, WORD_ROWS
from copydesk.native.library import call, check_kind
from copydesk.native.signatures import VIEW

if TYPE_CHECKING:
    import numpy.typing as npt

    #: Text, or small numbers.
    Bytes = npt.NDArray[np.uint8]
    #: Places in text, counted in bytes.
    Places = npt.NDArray[np.int64]
    Flags = npt.NDArray[np.bool_]
    Numbers = npt.NDArray[np.uint32]
    Hashes = npt.NDArray[np.uint64]
    #: Strings as Arrow has them: an array of `VIEW`.
    Views = npt.NDArray[Any]

__all__ = [
    "VIEW",
    "CharacterTables",
    "CodeTable",
    "JsonMemory",
    "LongWords",
    "SentencePlaces",
    "SharedWords",
    "Sketches",
    "Trees",
    "code_first_words",
    "code_last_words",
    "count_line_breaks",
    "describe_lines",
    "fill_table",
    "find_bad_span",
    "find_frequent_words",
    "find_missing_spaces",
    "find_mojibake",
    "find_texts",
    "find_unfoldable_lines",
    "hash_lines",
    "hash_long_words",
    "hash_words",
    "make_views",
    "match_phrases",
    "normalise_lines",
    "pair_texts",
    "read_json_lines",
    "release_memory",
    "score_trees",
    "share_out_passages",
    "share_words",
    "sketch_texts",
    "split_json_array",
    "split_paragraphs",
    "split_sentences",
    "strip_marks",
    "write_texts",
]

# ---- memory


def release_memory() -> None:
    """Give freed memory back to the system, where the C library is glibc.

    glibc does that itself only at the end of its heap. What chunks leave free between other memory would stay, beside
    the memory that the checks of the collection need. At 100,000 made articles it made no difference (peak 590 MiB with
    it, 589 without); it costs one call, and larger collections were not measured.
    """
    call("release_memory")


# ---- columns of text


def find_bad_span(begin: Places, end: Places, size: int) -> int:
    """Return the number of the first line that does not lie in so many bytes; -1 if all do."""
    return call("find_bad_span", begin, end, max(len(begin), len(end)), size)


def write_texts(views: Views, buffers: Sequence[Bytes], *, breaks: bool) -> tuple[Bytes, Places]:
    r"""Write strings one after the other.

    Args:
        views: the strings.
        buffers: the memory in which those of more than 12 bytes lie.
        breaks: whether to make every character that breaks a line one \n.

    Returns:
        The texts with SPARE zeros behind them, and their bounds.
    """
    check_kind("write_texts", "views", views)
    room = int(views["size"].sum(dtype=np.int64)) + len(views) + SPARE
    out, bounds = np.empty(room, np.uint8), np.empty(len(views) + 1, np.int64)
    sizes = np.array([len(buffer) for buffer in buffers], np.int64)
    size = call("write_texts", views, len(views), buffers, sizes, len(buffers), int(breaks), out, room, bounds)
    if size < 0:
        raise ValueError("write_texts: views: expected strings that lie in one of the buffers, got one that does not.")
    out[size : size + SPARE] = 0
    return out[: size + SPARE], bounds


def find_texts(views: Views, data: Bytes, *, breaks: bool) -> Places | None:
    """Return the bounds of strings that lie in a buffer just as `write_texts` would write them; None if they do not."""
    bounds = np.empty(len(views) + 1, np.int64)
    there = call("find_texts", views, len(views), data, len(data), int(breaks), bounds)
    return bounds if there else None


def make_views(data: Bytes, begin: Places, end: Places, *, buffer: int = 0) -> Views:
    """Return views of the lines of a text. It is the buffer of that number, and needs no zeros behind it."""
    views = np.empty(len(begin), VIEW)
    call("make_views", data, begin, end, len(begin), buffer, views)
    return views


def count_line_breaks(data: Bytes, size: int) -> int:
    r"""Count the \n in the first `size` bytes."""
    return call("count_line_breaks", data, size)


# ---- JSON lines


@dataclass(frozen=True, slots=True)
class JsonMemory:
    """Where `read_json_lines` writes: bodies, each with a line break behind it, and other texts.

    Attributes:
        bodies, others: memory; `size` bytes more must have room, and SPARE bytes behind them.
        buffers: the number of either, as views have it (2 items, int64).
        written: how much of either is written (2 items, int64). Each call adds to it.
    """

    bodies: Bytes
    others: Bytes
    buffers: Places
    written: Places


@dataclass(frozen=True, slots=True)
class JsonRows:
    """The rows of a block, one for each line that is not blank.

    Attributes:
        views: the texts (columns x rows).
        states: ABSENT, TEXT or NONE (uint8, columns x rows).
        places: the number of each row's line, from 0, and where it begins and ends (int64, 3 x rows).
        read: whether C could read the row. If not, all its texts are absent, and Python must read it.
    """

    views: Views
    states: Bytes
    places: Places
    read: Flags


def read_json_lines(
    data: Bytes,
    size: int,
    names: tuple[Bytes, Places],
    separators: tuple[Bytes, Places],
    *,
    body: int,
    most: int,
    memory: JsonMemory,
) -> JsonRows:
    r"""Read the wanted columns of JSON lines.

    Args:
        data: the lines. SPARE bytes follow them; the first is a zero where the last line does not end in \n.
        size: how many bytes they are.
        names: the names of the columns: text and bounds.
        separators: what to put between the items of a list, for each column; up to LONGEST_SEPARATOR bytes.
        body: the number of the column of bodies; -1 if there is none.
        most: how many rows there may be.
        memory: where the texts go.
    """
    columns, room = len(names[1]) - 1, max(most, 0)
    if len(separators[1]) != len(names[1]):
        raise ValueError(
            f"read_json_lines: expected a separator for each of {columns} columns, got {len(separators[1]) - 1}."
        )
    views, states = np.zeros((columns, room), VIEW), np.zeros((columns, room), np.uint8)
    places, read = np.empty((3, room), np.int64), np.empty(room, np.bool_)
    rows = call(
        "read_json_lines",
        *(data, size),
        *(names[0], len(names[0]), names[1]),
        *(separators[0], len(separators[0]), separators[1]),
        *(columns, body, most),
        *(memory.bodies, len(memory.bodies), memory.others, len(memory.others), memory.buffers, memory.written),
        *(views, states, columns * room, *places, read),
    )
    if rows < 0:
        raise ValueError(
            f"read_json_lines: expected memory for {size + SPARE:,} bytes more, a row for each line, names and"
            f" separators that lie in their text, separators of {constants.LONGEST_SEPARATOR} bytes at most, and a line"
            " end or a zero behind the lines, got something else."
        )
    return JsonRows(views[:, :rows], states[:, :rows], places[:, :rows], read[:rows])


def split_json_array(data: Bytes, size: int, state: Places) -> Places:
    r"""Make lines of the values of a JSON array, in place, piece by piece.

    The commas between them and the closing bracket become \n, other line breaks spaces, and line breaks in strings
    BREAK_MARK.

    Args:
        data: a piece of the array, which is written to.
        size: how many bytes it has.
        state: what is kept between two pieces; ARRAY_STATE zeros before the first.

    Returns:
        The number of the line, from 0, on which each value begins.

    Raises:
        SyntaxError: something else stands there than an array has.
    """
    lines = np.empty(size // 2 + 1, np.int64)
    values = call("split_json_array", data, size, state, lines, len(lines))
    if values < 0:
        raise SyntaxError(f"expected a value, a comma or the end of an array at byte {-2 - values}")
    return lines[:values].copy()


# ---- characters, lines and paragraphs


@dataclass(frozen=True, slots=True)
class CharacterTables:
    """What is known of characters.

    Attributes:
        kinds: bits of what each character is (uint8, KINDS items): WHITE, UNSPACED, ENDING, CLOSER, LOWER.
        upper: its upper case (uint32, UPPER items); from SEVERAL on, SEVERAL plus a row of `several`.
        several: up to three characters, zeros behind fewer (uint32, SEVERAL_ROWS x 3).
    """

    kinds: Bytes
    upper: Numbers
    several: Numbers


def hash_lines(tables: CharacterTables, data: Bytes, begin: Places, end: Places, *, squeezed: bool = False) -> Hashes:
    """Hash lines without regard to case and to how much white space stands between words.

    Args:
        tables: what is known of characters.
        data: the text.
        begin: where each line begins in it.
        end: where each line ends.
        squeezed: whether white space makes no difference at all, as in scripts without spaces it never does.

    Returns:
        A hash for each line; 0 where nothing is left.
    """
    hashes = np.empty(len(begin), np.uint64)
    call(
        "hash_lines",
        *(tables.kinds, tables.upper, tables.several),
        *(data, begin, end, len(begin), int(squeezed), hashes),
    )
    return hashes


#: What `split_paragraphs` says of each paragraph, and in which type.
PARAGRAPH = {
    "begin": "i8",
    "end": "i8",
    "start": "i8",
    "chars": "i8",
    "words": "i8",
    "text": "u4",
    "par": "u4",
    "key": "u8",
    "ends": "?",
    "lower": "?",
}


def split_paragraphs(tables: CharacterTables, data: Bytes, bounds: Places) -> dict[str, npt.NDArray[Any]]:
    r"""Cut texts into paragraphs: lines that are not blank, without white space at their edges.

    Args:
        tables: what is known of characters.
        data: the text; \n alone breaks its lines.
        bounds: where each text begins, and behind the last one.

    Returns:
        An item for each paragraph: `begin`, `end` (places in `data`), `start` (characters before it in its text),
        `chars`, `words`, `text` (the number of its text), `par` (its number in the text), `key` (see `hash_lines`),
        `ends` (whether it ends as a sentence does), `lower` (whether it begins with a small letter).
    """
    room = count_line_breaks(data, max(len(data) - SPARE, 0))
    columns = {name: np.empty(room, kind) for name, kind in PARAGRAPH.items()}
    count = call(
        "split_paragraphs",
        *(tables.kinds, tables.upper, tables.several),
        *(data, bounds, len(bounds) - 1, room, *columns.values()),
    )
    if count < 0:
        raise ValueError(r"split_paragraphs: expected \n at the end of each text, got a text without.")
    return {name: values[:count] for name, values in columns.items()}


# ---- words and phrases


@dataclass(frozen=True, slots=True)
class FirstWordCodes:
    """The first words of lines, as codes.

    Attributes:
        first, second: the codes of the first and the second word (uint64); 0 where there is none. `second` is UNKNOWN
            where a STRANGE byte stands before its end.
        raw: the codes of eight bytes from the first word on, whatever they are (uint64).
        strange: whether a STRANGE byte is among them, or no word was found among too many marks.
        length: how many bytes there are from the first word on, at most 8 (uint8).
    """

    first: Hashes
    raw: Hashes
    second: Hashes
    strange: Flags
    length: Bytes


def code_first_words(codes: Bytes, data: Bytes, begin: Places, end: Places) -> FirstWordCodes:
    """Return the codes of the first words of lines.

    Args:
        codes: the code of a byte, by the byte and the one after it (CODES items, the latter the higher digit).
        data: the text.
        begin: where each line begins in it.
        end: where each line ends.
    """
    count = len(begin)
    first, raw, second = np.empty((3, count), np.uint64)
    words = FirstWordCodes(first, raw, second, np.empty(count, np.bool_), np.empty(count, np.uint8))
    out = (words.first, words.raw, words.second, words.strange, words.length)
    call("code_first_words", codes, data, begin, end, count, *out)
    return words


def code_last_words(codes: Bytes, data: Bytes, begin: Places, end: Places) -> Hashes:
    """Return the codes of the last eight bytes of the last words, the last byte lowest; UNKNOWN at STRANGE bytes."""
    last = np.empty(len(begin), np.uint64)
    call("code_last_words", codes, data, begin, end, len(begin), last)
    return last


def strip_marks(codes: Bytes, data: Bytes, begin: Places, end: Places) -> tuple[Places, Places]:
    """Return where the first word of each line begins and where the last one ends, up to 12 bytes inside the line."""
    first, last = np.empty((2, len(begin)), np.int64)
    call("strip_marks", codes, data, begin, end, len(begin), first, last)
    return first, last


@dataclass(frozen=True, slots=True)
class CodeTable:
    """An open table of codes, as `fill_table` makes it: 0 is an empty place, and there is one."""

    places: Hashes


def fill_table(codes: Hashes, *, places: int = 2) -> CodeTable:
    """Return a table of codes (uint64), with at least so many `places` for each; 0 is no code and is left out."""
    codes = np.unique(codes)
    table = np.zeros(max(places, 2) << len(codes).bit_length(), np.uint64)
    codes = codes[codes != 0]
    if call("fill_table", codes, len(codes), table, len(table)) < 0:
        raise ValueError(f"fill_table: expected a power of two as `places`, got {places}.")
    return CodeTable(table)


def match_phrases(
    codes: Bytes,
    tables: Sequence[CodeTable],
    prefixes: Sequence[CodeTable],
    masks: Hashes,
    data: Bytes,
    begin: Places,
    end: Places,
    *,
    numbered: Flags,
) -> Flags:
    """Say of each line whether it may be a phrase of a lexicon, by the codes of its words.

    Args:
        codes: see `code_first_words`.
        tables: codes of words, in the order FIRST, PAIRS, ALONE, LED, LAST of `copydesk.native.constants`.
        prefixes: codes of prefixes, of one length each.
        masks: for each of `prefixes`, the bits of that length.
        data: the text.
        begin: where each line begins in it.
        end: where each line ends.
        numbered: whether a line that begins with a digit may be a phrase.
    """
    if len(tables) != constants.PHRASE_TABLES:
        raise ValueError(f"match_phrases: expected {constants.PHRASE_TABLES} tables, got {len(tables)}.")
    if len(prefixes) != len(masks):
        raise ValueError(f"match_phrases: expected a mask for each of {len(prefixes)} prefixes, got {len(masks)}.")
    possible = np.empty(len(begin), np.bool_)
    places, sizes = _tables("match_phrases", [*tables, *prefixes])
    call(
        "match_phrases",
        *(codes, places, sizes, len(places), masks, len(masks)),
        *(data, begin, end, len(begin), numbered, possible),
    )
    return possible


def _tables(function: str, tables: Iterable[CodeTable]) -> tuple[list[Hashes], Places]:
    """Return the arrays of tables, and how many places each has."""
    tables = list(tables)
    for table in tables:
        if not isinstance(table, CodeTable):
            raise TypeError(f"{function}: tables: expected what `fill_table` returns, got {type(table).__name__}.")
    sizes = np.array([len(table.places) for table in tables], np.int64)
    if not sizes.all() or (sizes & (sizes - 1)).any():
        raise ValueError(
            f"{function}: tables: expected what `fill_table` returns, of a power of two of places,"
            f" got {sizes.tolist()} places."
        )
    return [table.places for table in tables], sizes


# ---- languages


def hash_words(data: Bytes, begin: Places, end: Places) -> Hashes:
    """Hash words by their bytes."""
    hashes = np.empty(len(begin), np.uint64)
    call("hash_words", data, begin, end, len(begin), hashes)
    return hashes


def find_frequent_words(
    tables: Sequence[CodeTable], of: Places, data: Bytes, begin: Places, end: Places, *, chars: int, least: int
) -> Flags:
    """Say of each text whether frequent words stand in it.

    Args:
        tables: sets of hashes of words.
        of: of each text, the number of its table (int64).
        data: the text.
        begin: where each text begins in it.
        end: where each text ends.
        chars: so many characters of each are looked at.
        least: so many words must stand there, each between two spaces that no other of them uses.
    """
    confirmed = np.empty(len(begin), np.bool_)
    places, sizes = _tables("find_frequent_words", tables)
    given = (places, sizes, len(places), of, data, begin, end, len(begin), chars, least, confirmed)
    if call("find_frequent_words", *given) < 0:
        raise ValueError(f"find_frequent_words: of: expected numbers of tables below {len(tables)}, got others.")
    return confirmed


# ---- patterns


def find_missing_spaces(data: Bytes, size: int) -> Places:
    """Find where a sentence ends with no space behind it: a small letter, a mark, perhaps a quote, a capital, a letter.

    Returns:
        The place behind each match, in order.
    """
    return _matches("find_missing_spaces", data, size)


def find_mojibake(data: Bytes, size: int) -> Places:
    """Find a letter with an accent and two characters that together may stand for one character of three bytes.

    Returns:
        The place behind each match, in order.
    """
    return _matches("find_mojibake", data, size)


def _matches(function: str, data: Bytes, size: int) -> Places:
    room = 1000
    while True:
        ends = np.empty(room, np.int64)
        count = call(function, data, size, ends, room)
        if count <= room:
            return ends[:count]
        room = count


# ---- sentences


@dataclass(frozen=True, slots=True)
class SentencePlaces:
    """Sentences of lines (int64 all): where each begins and ends, its line, and its spaces behind the first byte."""

    begin: Places
    end: Places
    line: Places
    spaces: Places


def split_sentences(data: Bytes, begin: Places, end: Places) -> SentencePlaces:
    """Cut lines into sentences, the first of which begins where its line does.

    A sentence ends behind '.' or '!', where white space, a closing mark or a quote follows, and behind the wide marks
    of Chinese and Japanese. What stands behind the last such mark of a line is no sentence.

    Args:
        data: the text.
        begin: where each line begins in it.
        end: where each line ends.
    """
    room = 2 * len(begin) + 1000
    while True:
        found = np.empty((4, room), np.int64)
        count = call("split_sentences", data, begin, end, len(begin), room, *found)
        if count <= room:
            return SentencePlaces(*(column[:count].copy() for column in found))
        room = count


# ---- folded lines


def find_unfoldable_lines(folds: Numbers, data: Bytes, begin: Places, end: Places) -> Flags:
    """Say of each line whether it has a character that C cannot fold.

    Args:
        folds: what each character becomes (uint32, FOLDS items), with the bits ALPHANUMERIC and FIGURE; 0 if C cannot.
        data: the text.
        begin: where each line begins in it.
        end: where each line ends.
    """
    unfoldable = np.empty(len(begin), np.bool_)
    call("find_unfoldable_lines", folds, data, begin, end, len(begin), unfoldable)
    return unfoldable


def normalise_lines(folds: Numbers, data: Bytes, begin: Places, end: Places) -> tuple[Bytes, Places, Places]:
    """Fold lines, none of which `find_unfoldable_lines` names, and take off what is no letter or digit at their edges.

    Returns:
        The new lines, without zeros behind them, and where each begins and ends.
    """
    for name, places in (("begin", begin), ("end", end)):
        check_kind("normalise_lines", name, places)
    room = 2 * int((end - begin).sum()) + 8 if len(begin) == len(end) else 0  # a colon may become two bytes
    out = np.empty(max(room, 0), np.uint8)
    out_begin, out_end = np.empty((2, len(begin)), np.int64)
    size = call("normalise_lines", folds, data, begin, end, len(begin), out, len(out), out_begin, out_end)
    return out[:size], out_begin, out_end


# ---- lines of the page


def describe_lines(folds: Numbers, data: Bytes, begin: Places, end: Places) -> Bytes:
    """Say what each line looks like.

    Args:
        folds: see `find_unfoldable_lines`.
        data: the text.
        begin: where each line begins in it.
        end: where each line ends.

    Returns:
        SHAPES rows with a byte a line; `copydesk.furniture.shape` names the rows.
    """
    shapes = np.empty(SHAPES * len(begin), np.uint8)
    call("describe_lines", folds, data, begin, end, len(begin), shapes)
    return shapes.reshape(SHAPES, len(begin))


@dataclass(frozen=True, slots=True)
class LongWords:
    """The words of lines: their hashes (uint32), and where those of each line begin among them (int64)."""

    hashes: Numbers
    bounds: Places


def hash_long_words(folds: Numbers, data: Bytes, begin: Places, end: Places) -> LongWords:
    """Hash the words of four letters or more, in any case; of scripts without spaces, each two letters in a row.

    Args:
        folds: see `find_unfoldable_lines`.
        data: the text.
        begin: where each line begins in it.
        end: where each line ends.
    """
    for name, places in (("begin", begin), ("end", end)):
        check_kind("hash_long_words", name, places)
    room = max(int((end - begin).sum()), 0) + 1 if len(begin) == len(end) else 0
    words, bounds = np.empty(room, np.uint32), np.empty(len(begin) + 1, np.int64)
    count = call("hash_long_words", folds, data, begin, end, len(begin), words, room, bounds)
    return LongWords(words[:count].copy(), bounds)


@dataclass(frozen=True, slots=True)
class SharedWords:
    """What lines share with their articles, a byte a line.

    known, headline: the share of the words, in percent, that another line of the story or the headline has; 255 where
        there is no word.
    fresh: how many words no other line of the story has.
    """

    known: Bytes
    fresh: Bytes
    headline: Bytes


def share_words(lines: LongWords, story: Flags, of: Places, headlines: LongWords) -> SharedWords:
    """Compare the words of lines with those of the stories and headlines of their articles.

    Args:
        lines: the words of the lines.
        story: whether each line is one of the story.
        of: which lines are those of each article: from one number to before the next (int64).
        headlines: the words of the headlines.
    """
    known, fresh, headline = np.empty((3, len(story)), np.uint8)
    table = np.zeros(4 * WORD_ROWS, np.uint32)
    count = len(headlines.bounds) - 1
    words = (lines.hashes, len(lines.hashes), lines.bounds, len(story), story, of, count)
    heads = (headlines.hashes, len(headlines.hashes), headlines.bounds)
    if call("share_words", *words, *heads, table, known, fresh, headline) < 0:
        raise ValueError("share_words: expected places of words and lines in their order, got others.")
    return SharedWords(known, fresh, headline)


# ---- sketches and pairs


@dataclass(frozen=True, slots=True)
class Sketches:
    """What is kept of texts.

    Attributes:
        windows: about how many passages each text has (uint32).
        limit: the highest hash that is kept of it (uint32).
        passages: the hashes of its passages (uint32), `kept` of each text.
        starts: of the passages that can be quoted, how many characters stand before each (uint32), `quoted` of each.
        quotes: QUOTE bytes of each of these, zeros behind the end of the text (uint8, rows x QUOTE).
        kept, quoted: how many there are of each text (int64).
    """

    windows: Numbers
    limit: Numbers
    passages: Numbers
    starts: Numbers
    quotes: Bytes
    kept: Places
    quoted: Places


def sketch_texts(data: Bytes, bounds: Places, *, levels: Bytes, base: Numbers, span: Hashes) -> Sketches:
    """Sketch texts, see `copydesk.similarity.sketches`.

    Args:
        data: the text.
        bounds: where each text begins, and behind the last one.
        levels: for each text, the draw below which passages are looked at (uint8, from 1).
        base: the lowest hash of a passage, by its draw (uint32, 256 items).
        span: of how many 256ths of all hashes it is one, by its draw (uint64, 256 items).
    """
    count = len(bounds) - 1
    check_kind("sketch_texts", "bounds", bounds)
    longest = max(int(np.diff(bounds).max(initial=0)), 0) // 2 + 2
    places, hashes = np.empty(longest, np.int64), np.empty(longest, np.uint32)
    windows, limit = np.empty((2, max(count, 0)), np.uint32)
    kept, quoted = np.empty((2, max(count, 0)), np.int64)
    room = max(2 * constants.KEPT * count, 0)
    while True:  # half of this is room enough for most texts
        passages, starts = np.empty((2, room), np.uint32)
        quotes = np.empty((room, constants.QUOTE), np.uint8)
        needed = call(
            "sketch_texts",
            *(data, bounds, count, levels, base, span, places, hashes, longest, room),
            *(windows, limit, passages, starts, quotes, kept, quoted),
        )
        if needed < 0:
            raise ValueError("sketch_texts: levels: expected numbers from 1 to 255 and UTF-8 text, got something else.")
        if needed <= room:
            return Sketches(windows, limit, passages, starts, quotes, kept, quoted)
        room = needed


def share_out_passages(
    batches: Callable[[], Iterable[tuple[Numbers, Numbers, Numbers, Numbers]]], parts: int
) -> list[Hashes]:
    """Share out the lower third of the passages of texts to parts: all texts that have a passage meet in one part.

    Args:
        batches: returns the batches anew; they are counted first, then written. Each has `passages`, and for each text
            the number of its passages, its limit, and its own number (uint32).
        parts: how many parts, a power of two.

    Returns:
        For each part the passages, each in the upper 32 bits, and the number of the text below.
    """

    def given() -> Iterable[tuple[Any, ...]]:
        for passages, lengths, limits, texts in batches():
            yield passages, len(passages), lengths, limits, texts, len(lengths)

    return _shared_out("share_out_passages", given, parts)


def pair_texts(marks: Hashes, parts: int = 1) -> list[Hashes]:
    """Pair each text with the first of those that have the same mark, and with the one before it.

    Args:
        marks: sorted; each in the upper 32 bits, and the number of a text below.
        parts: how many parts, a power of two: all pairs of a text come to one part.

    Returns:
        For each part the pairs, the higher number in the upper 32 bits; a pair for each mark that two texts share.
    """
    return _shared_out("pair_texts", lambda: [(marks, len(marks))], parts)


def _shared_out(function: str, batches: Callable[[], Iterable[tuple[Any, ...]]], parts: int) -> list[Hashes]:
    """Count what comes to each part, then write it."""
    sizes, nothing = np.zeros(max(parts, 0), np.int64), np.zeros(max(parts, 0), np.int64)
    for given in batches():
        _share_out(function, given, parts, [None] * len(sizes), nothing, sizes)
    room, numbers = sizes.copy(), [np.empty(size, np.uint64) for size in sizes.tolist()]
    sizes[:] = 0
    for given in batches():
        _share_out(function, given, parts, numbers, room, sizes)
    return numbers


def _share_out(
    function: str, given: tuple[Any, ...], parts: int, numbers: Sequence[Any], room: Any, sizes: Any
) -> None:
    if call(function, *given, parts, numbers, room, sizes) < 0:
        raise ValueError(f"{function}: expected a power of two as `parts` and all passages, got {parts} and fewer.")


# ---- trees


@dataclass(frozen=True, slots=True)
class Trees:
    """Decision trees of up to LEAVES leaves each.

    Attributes:
        cut: the byte that each test compares with (uint8).
        column: the number of the column that it compares (uint16).
        low, high: the leaves, a bit each, that are left where the column is at most `cut`, or more (uint16).
        bounds: which tests are those of each tree (int64).
        leaves: what each leaf adds (float64, trees x LEAVES).
        all_leaves: the leaves of each tree, a bit each (uint16).
    """

    cut: Bytes
    column: npt.NDArray[np.uint16]
    low: npt.NDArray[np.uint16]
    high: npt.NDArray[np.uint16]
    bounds: Places
    leaves: npt.NDArray[np.float64]
    all_leaves: npt.NDArray[np.uint16]


def score_trees(trees: Trees, columns: Sequence[Bytes | None], totals: npt.NDArray[np.float64]) -> None:
    """Add to the total of each line what each tree says of it; the best that is possible where a column is None.

    Args:
        trees: the trees.
        columns: bytes of each line, by the numbers that the tests have.
        totals: added to in place, an item for each line.
    """
    tests = (trees.cut, trees.column, trees.low, trees.high, len(trees.cut))
    forest = (trees.bounds, trees.leaves, trees.all_leaves, len(trees.all_leaves))
    if call("score_trees", *tests, *forest, columns, len(columns), len(totals), totals) < 0:
        raise ValueError(f"score_trees: expected tests of {len(columns)} columns within their trees, got others.")
