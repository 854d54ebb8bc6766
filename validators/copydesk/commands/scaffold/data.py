"""Which files of a folder hold articles."""

from __future__ import annotations

import glob
import re
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from copydesk.errors import CopydeskError, InputError
from copydesk.readers import Source, find_files, read
from copydesk.readers.formats import BY_SUFFIX, pattern_of_data

__all__ = ["file_pattern", "find_data"]

_READ = 20  # files of a folder that are looked into
_FIRST = 1 << 16  # bytes of each


def find_data(folder: Path) -> list[str]:
    """Return the paths below a folder that hold articles, so that files which come later are among them.

    A folder of nothing but articles is named itself. Where other files lie beside them, a glob names the format of the
    articles; where not all files of that format hold articles, each file is named. Files in `folder` itself are named
    one by one, since the config and the baseline lie beside them.
    """
    try:
        sources = find_files([folder])
    except InputError:  # no such files
        return []
    alike: dict[tuple[PurePosixPath, str], list[Source]] = defaultdict(list)
    for source in sources:
        path = PurePosixPath(source.relative)
        alike[path.parent, "".join(path.suffixes[-2:]) if source.compression else path.suffix].append(source)
    held = {key: [source for source in group[:_READ] if _is_data(source)] for key, group in alike.items()}
    whole = {key for key, group in alike.items() if len(held[key]) == len(group[:_READ])}
    folders = _folders_of_articles(set(alike), whole)
    found = [str(path) for path in folders]
    for key, group in held.items():
        parent, suffix = key
        if any(parent.is_relative_to(path) for path in folders):
            continue
        if key in whole and parent != PurePosixPath():
            found.append(str(PurePosixPath(glob.escape(str(parent)), f"*{suffix}")))
        else:
            found += [source.relative for source in group]
    return found


def _folders_of_articles(
    groups: set[tuple[PurePosixPath, str]], whole: set[tuple[PurePosixPath, str]]
) -> list[PurePosixPath]:
    """Return the topmost folders below which every group of files is articles as a whole."""
    others = {parent for parent, _ in groups - whole}
    spoilt = {above for parent in others for above in (parent, *parent.parents)} | {PurePosixPath()}
    candidates = {above for parent, _ in whole for above in (parent, *parent.parents)} - spoilt
    return sorted(path for path in candidates if path.parent not in candidates)


def _is_data(source: Source) -> bool:
    """Say whether a file holds articles, and is neither ours nor a package's."""
    path = PurePosixPath(source.relative)
    return (
        BY_SUFFIX[source.format].holds_data
        and source.relative.isprintable()
        and "node_modules" not in path.parts
        and not path.name.startswith("copydesk-")  # a baseline, or findings
        and _holds_articles(source)
    )


def _holds_articles(source: Source) -> bool:
    try:
        return any(chunk.articles.height for chunk in read([source.name], chunk_bytes=_FIRST))
    except CopydeskError:
        return False


def file_pattern(paths: Sequence[str], folder: Path) -> str:
    """Return a regular expression for the files behind paths, as pre-commit takes it; without a path, for any data.

    >>> file_pattern(["data/*.jsonl", "news.csv"], Path())
    '^(data/[^/]*\\\\.jsonl|news\\\\.csv)$'
    """
    parts = []
    for path in paths:
        part = re.escape(PurePosixPath(path).as_posix())
        if (folder / path).is_dir() or path.endswith("/"):
            part += f"/.*{pattern_of_data()[:-1]}"
        elif not (folder / path).exists():
            part = part.replace(r"\*\*/", "(.*/)?").replace(r"\*", "[^/]*").replace(r"\?", "[^/]")
        parts.append(part)
    return f"^({'|'.join(parts)})$" if parts else pattern_of_data()
