"""Bodies: which columns hold the text of the articles, and which of them is taken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from copydesk.errors import MappingError
from copydesk.model.aliases import ALIASES, normal_name
from copydesk.model.article import list_names
from copydesk.readers.fields.sample import Sample
from copydesk.readers.files.source import check_command

__all__ = ["LONGER", "body_columns", "choice_note", "choose_body", "no_body_error"]

#: Objects whose texts are not those of the article.
_NOT_OF_ARTICLE = frozenset(
    {"comments", "comment", "user", "author", "authors", "image", "images", "media", "video", "videos", "related"}
    | {"source", "publisher", "location", "replies"}
)

#: One column is longer than another if it has this many times its characters, in more than half of the records.
LONGER = 1.2


def body_columns(known: Sequence[str], sample: Sample, mapped: Mapping[str, str]) -> list[str]:
    """Return the columns that can be the body: of those with a known name, or paths in objects where there are none."""
    if "body" in mapped:
        return [mapped["body"]]
    return [column for column in known if sample.is_readable(column)] or _nested_bodies(sample)


def choose_body(columns: list[str], sample: Sample) -> tuple[str, list[str], list[str]]:
    """Return the column of the body, those that stand in where it is empty, and those that hold something else."""
    filled = [c for c in columns if sample.is_filled(c)] or columns[:1]
    body = filled[0]
    for column in filled[1:]:
        if sample.is_longer(column, body, LONGER):
            body = column
    rest = [c for c in filled if c != body]
    others = [c for c in rest if sample.stands_in(c, body)]
    return body, others, [c for c in rest if c not in others and not sample.takes_turns(c, body)]


def choice_note(body: str, ignored: Sequence[str], sample: Sample) -> str | None:
    """Say which of several columns is the body, where they do not hold the same."""
    shorter = [c for c in ignored if sample.is_longer(body, c, LONGER)]
    if not shorter:
        return None
    lengths = ", ".join(f"{c} ({sample.median_length(c):,})" for c in shorter)
    return (
        f"body is read from {body}, the longest (half have {sample.median_length(body):,} characters or more), and not"
        f" from {lengths}; --map body=COLUMN says otherwise"
    )


def _nested_bodies(sample: Sample) -> list[str]:
    """Return the paths in objects that can be the body, those of one object."""
    aliases = list(map(normal_name, ALIASES["body"]))
    found = [
        path
        for path in sample.paths
        if "[" not in path
        and normal_name(path.rpartition(".")[2]) in aliases
        and _NOT_OF_ARTICLE.isdisjoint(path.lower().split(".")[:-1])
        and sample.is_readable(path)
        and sample.is_filled(path)
    ]
    found.sort(key=lambda path: (path.count("."), aliases.index(normal_name(path.rpartition(".")[2]))))
    return [path for path in found if path.rpartition(".")[0] == found[0].rpartition(".")[0]]


def no_body_error(names: Sequence[str], unreadable: Sequence[str], sample: Sample, file: str) -> MappingError:
    """Return the error for a file without a body; it names the column that is most like one."""
    listed = list_names(names)
    for column in unreadable:
        if sample.is_filled(column):
            return MappingError(
                f"{file}: {column}: {sample.fault(column)}. Name the text with --map body={column}.KEY."
            )
    paths = [path for path in sample.paths if "[]" not in path]
    lengths = {c: sample.median_length(c) for c in (*names, *paths) if sample.is_prose(c)}
    hint = ""
    if lengths:
        longest = max(lengths, key=lambda column: lengths[column])
        command = check_command(file, "--map", f"body={longest}")
        hint = (
            f" The longest texts are in {longest!r} (half have {lengths[longest]:,} characters or more): `{command}`."
        )
    return MappingError(
        f"{file}: no column has a known name for the text of the articles. The columns are {listed}."
        f" Name it with --map body=COLUMN.{hint}"
    )
