"""What an entry of the cache is: the parts of one file, signed.

It is one part after the other, then a description of them (JSON), its length (8 bytes) and a signature (32 bytes). The
signature is a keyed hash of the entry's name and the description, which holds a hash of each part: no byte of an entry
can change, and no entry can take the place of another. No code is ever loaded from one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass

from blake3 import blake3

from copydesk.engine.parts import COMMON, Frames, Part
from copydesk.model.article import FIELDS
from copydesk.model.chunk import Note, Rejected

__all__ = ["LENGTH_BYTES", "LONGEST", "TAIL_BYTES", "DamagedError", "Description", "as_json", "from_json", "signature"]

#: What comes after the description: its length, and both its length and the signature.
LENGTH_BYTES = 8
TAIL_BYTES = LENGTH_BYTES + 32

#: A longer description is not written, nor read into memory before it is known who has written it.
LONGEST = 64 << 20

_FORMAT = b"copydesk cache entry 1\n"

#: No number in a description is as large.
_MOST = 1 << 62


class DamagedError(ValueError):
    """An entry is not what this user's copydesk has written, or is no longer."""


@dataclass(frozen=True, slots=True)
class Description:
    """What an entry says of one of its parts: all that is no frame, the sizes of its frames, and their hash.

    height, fields, columns, rejected, stored_bytes, notes: see `copydesk.engine.parts.Part`.
    frames: the size of each frame that every part has, in order; none where the part has no article.
    keys: the same for the keys of the collection checks, which follow.
    """

    height: int
    fields: tuple[str, ...]
    columns: dict[str, str]
    rejected: tuple[tuple[str, int | None, str], ...]
    stored_bytes: int
    frames: dict[str, int]
    keys: dict[str, int]
    digest: str
    notes: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, part: Part, frames: Mapping[str, int], keys: Mapping[str, int], digest: str) -> Description:
        """Describe a part, given the sizes of its frames and their hash."""
        rejected = tuple((row.file, row.line, row.reason) for row in part.rejected)
        fields = tuple(sorted(part.fields))
        notes = tuple((note.file, note.text) for note in part.notes)
        columns = dict(part.columns)
        return cls(part.height, fields, columns, rejected, part.bytes, dict(frames), dict(keys), digest, notes)

    @property
    def size(self) -> int:
        """The number of bytes of the frames."""
        return sum((*self.frames.values(), *self.keys.values()))

    def part(self, frames: Frames | None) -> Part:
        """Return the part, given its frames."""
        rejected = tuple(Rejected(*row) for row in self.rejected)
        notes = tuple(Note(*note) for note in self.notes)
        return Part(frames, self.height, frozenset(self.fields), self.columns, rejected, self.stored_bytes, notes)


def as_json(descriptions: Iterable[Description]) -> bytes:
    """Return the descriptions as they are written."""
    return json.dumps([asdict(description) for description in descriptions]).encode()


def from_json(data: bytes) -> list[Description]:
    """Read what `as_json` has written.

    Raises:
        DamagedError: it is something else.
    """
    try:
        descriptions = [Description(**each) for each in json.loads(data)]
        is_right = all(map(_is_right, descriptions))
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise DamagedError(f"expected descriptions of parts, got other data: {error}") from error
    if not is_right:
        raise DamagedError("expected descriptions of parts, got one with a value that cannot be")
    return descriptions


def _is_right(description: Description) -> bool:
    """Say whether all values have their types, and the numbers their bounds."""
    files, lines, reasons = zip(*description.rejected, strict=True) if description.rejected else ((), (), ())
    numbers = [description.height, description.stored_bytes, *description.frames.values(), *description.keys.values()]
    numbers += [line for line in lines if line is not None]
    noted = [text for note in description.notes for text in note]
    texts = [*description.columns.values(), *files, *reasons, *noted, description.digest]
    return (
        tuple(description.frames) in ((), COMMON)
        and all(type(number) is int and 0 <= number < _MOST for number in numbers)
        and all(isinstance(text, str) for text in texts)
        and set(FIELDS).issuperset([*description.fields, *description.columns])
    )


def signature(key: bytes, name: str, descriptions: bytes) -> bytes:
    """Return the signature of an entry; the hashes in the descriptions stand for all its other bytes."""
    return blake3(_FORMAT + name.encode() + b"\n" + descriptions, key=key).digest()
