r"""How separated values are written: found out from the first records, where the user does not say.

- The separator is the one with which most records have as many fields as the header, and the header most known names.
  A first line 'sep=;', as Excel has it, says it.
- A backslash before a quote (Spark, MySQL) counts where the file makes no sense without it.
- Names that all stand in single quotes say that these are the quotes.
- Tabs without quotes (MIND, GDELT, MySQL): every line has as many fields as the first, and some quotes do not pair up.
- In a dump with \N for null, or without any line break in a field, \n, \t and \\ stand for the characters.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from copydesk.readers.delimited.headers import known_names
from copydesk.readers.files.source import ReadOptions

__all__ = ["Dialect", "escaped_breaks", "find_dialect", "unescape"]

#: What fields are separated by, the most frequent first.
SEPARATORS = ",;\t|"

_SEP_LINE = re.compile(r"\ufeff?\"?sep=([^\r\n])\"?\r?(?:\n|\Z)", re.IGNORECASE)
_ESCAPE = re.compile(r'\\(["\\])')
_ESCAPED = re.compile(r"\\([nrt\\0N\"'])")
_CHARACTERS = {"n": "\n", "r": "\r", "t": "\t", "0": "\0", "\\": "\\", '"': '"', "'": "'"}

#: A separator is right if so many of the records have as many fields as the header.
_CONSISTENT = 0.9


@dataclass(frozen=True, slots=True)
class Dialect:
    """How the records of a file are written.

    delimiter: what separates fields.
    quote: what quotes them; None for nothing.
    escape: what stands before a quote in a quoted field, if that is not another quote.
    sep_line: whether a line 'sep=;' comes before the header.
    """

    delimiter: str = ","
    quote: str | None = '"'
    escape: str | None = None
    sep_line: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether fields are quoted as RFC 4180 has it."""
        return self.quote == '"' and self.escape is None

    def read(self, lines: Iterable[str]) -> Iterator[list[str]]:
        """Return what reads the records of some lines, a `csv.reader`; it has `line_num`."""
        lines = self._unescaped(lines) if self.escape else lines
        quoting: Literal[0, 3] = 0 if self.quote else 3  # QUOTE_MINIMAL, QUOTE_NONE
        # Strict: otherwise a stray quote would join records without a word.
        return csv.reader(lines, delimiter=self.delimiter, quotechar=self.quote, quoting=quoting, strict=True)

    def _unescaped(self, lines: Iterable[str]) -> Iterator[str]:
        """Write quotes doubled: csv would also take the backslash from what is no quote."""
        if self.escape == "\\":
            for line in lines:
                yield _ESCAPE.sub(lambda m: '""' if m[1] == '"' else "\\", line) if "\\" in line else line
            return
        escaped = f"{self.escape}{self.quote}"
        for line in lines:
            yield line.replace(escaped, f"{self.quote}" * 2)


def find_dialect(head: str, options: ReadOptions, *, suffix: str, is_whole: bool) -> Dialect:
    """Return the dialect of a file.

    Args:
        head: the start of its text.
        options: what the user says.
        suffix: '.csv' or '.tsv'.
        is_whole: whether the head is all of it.
    """
    said = _SEP_LINE.match(head)
    text = head[said.end() :] if said else head
    if not is_whole:
        text = text[: text.rfind("\n") + 1] or text
    lines = list(io.StringIO(text, newline=""))
    base = Dialect(sep_line=bool(said), quote=('"' if options.quote is None else options.quote or None))
    if options.escape is not None:
        base = replace(base, escape=options.escape)
    if options.delimiter is not None or said:
        given = options.delimiter or (said[1] if said else ",")
        best = replace(base, delimiter=given)
    else:
        order = "\t,;|" if suffix == ".tsv" else SEPARATORS
        tried = [replace(base, delimiter=d) for d in order]
        if options.quote is None and _is_unquoted(text):
            tried.append(replace(base, delimiter="\t", quote=None))
        best = max(tried, key=lambda dialect: _fit(dialect, lines, is_whole))
        if _width(best, lines) < 2:
            best = replace(base, delimiter=order[0])
    if options.quote is None and best.delimiter == "\t" and (_is_unquoted(text) or _is_dump(text)):
        return replace(best, quote=None)
    if options.quote is None and _has_single_quotes(_first(best, lines)):
        return replace(best, quote="'")
    if options.escape is None and options.quote is None and '\\"' in text:
        escaped = replace(best, escape="\\")
        if _share(escaped, lines, is_whole) > _share(best, lines, is_whole):
            return escaped
    return best


def _fit(dialect: Dialect, lines: Sequence[str], is_whole: bool) -> tuple[bool, int, float, bool, int]:
    share, width = _share(dialect, lines, is_whole), _width(dialect, lines)
    if width < 2:
        return False, 0, 0.0, False, 0
    # No prose has the same number of tabs in each line; it may have the same number of commas.
    return share >= _CONSISTENT, known_names(_first(dialect, lines)), share, dialect.delimiter == "\t", width


def _width(dialect: Dialect, lines: Sequence[str]) -> int:
    return len(_first(dialect, lines))


def _first(dialect: Dialect, lines: Sequence[str]) -> list[str]:
    """Return the first record that is not blank; nothing where csv cannot read it."""
    try:
        return next((record for record in dialect.read(lines) if record), [])
    except csv.Error:
        return []


def _share(dialect: Dialect, lines: Sequence[str], is_whole: bool) -> float:
    """Return the share of records with as many fields as the first one; what csv refuses counts as a record."""
    widths: list[int] = []
    faults = 0
    reader = dialect.read(lines)
    while True:
        try:
            record = next(reader)
        except StopIteration:
            break
        except csv.Error as error:
            faults += is_whole or "unexpected end" not in str(error)
            continue
        widths += [len(record)] if record else []
    return sum(width == widths[0] for width in widths) / (len(widths) + faults) if widths else 0.0


def _has_single_quotes(header: Sequence[str]) -> bool:
    """Say whether each name of a header stands in single quotes."""
    return len(header) > 1 and all(len(name) > 2 and name[0] == name[-1] == "'" for name in header)


def _is_unquoted(text: str) -> bool:
    """Say whether every line has as many tabs as the first, and quotes stand for themselves."""
    lines = [line for line in re.split(r"\r\n|\n|\r", text) if line]
    if '"' not in text or len({line.count("\t") for line in lines}) != 1:
        return False
    for line in lines:
        for field in line.split("\t"):
            if field.startswith('"') and not re.fullmatch(r'"(?:[^"]|"")*"', field):
                return True
    return False


def _is_dump(text: str) -> bool:
    r"""Say whether a field is \N, which databases write for null, without quotes."""
    return bool(re.search(r"(?:^|\t)\\N(?:\t|\r?$)", text, re.MULTILINE)) and '"' not in text


def escaped_breaks(records: Sequence[Sequence[str]], *, quoted: bool) -> bool:
    r"""Say whether \n stands for a line break: as in dumps with \N for null, or where no field has a real one.

    Args:
        records: the first records.
        quoted: whether fields can be quoted, so that they could hold line breaks.
    """
    if not quoted and any(field == r"\N" for record in records for field in record):
        return True
    if any("\n" in field or "\r" in field for record in records for field in record):
        return False
    with_escape = sum(any(r"\n\n" in field or field.count(r"\n") > 1 for field in record) for record in records)
    return 2 * with_escape > len(records)


def unescape(text: str) -> str | None:
    r"""Return what a field of a dump stands for; None for \N.

    >>> unescape(r"One.\n\nTwo \\n"), unescape(r"\N")
    ('One.\n\nTwo \\n', None)
    """
    if text == r"\N":
        return None
    return _ESCAPED.sub(lambda m: _CHARACTERS.get(m[1], m[0]), text) if "\\" in text else text
