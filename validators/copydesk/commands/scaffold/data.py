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
    """Return the paths below a folder that hold articles: files, or a glob for those of one folder and format."""
    try:
        sources = find_files([folder])
    except InputError:  # no such files
        return []
    alike: dict[tuple[str, str], list[Source]] = defaultdict(list)
    for source in sources:
        path = PurePosixPath(source.relative)
        ours = path.name.startswith("copydesk-")  # a baseline, or findings
        if (
            BY_SUFFIX[source.format].holds_data
            and source.relative.isprintable()
            and "node_modules" not in path.parts
            and not ours
        ):
            suffix = "".join(path.suffixes[-2:]) if source.compression else path.suffix
            alike[str(path.parent), suffix].append(source)
    found = []
    for (parent, suffix), group in alike.items():
        held = [source for source in group[:_READ] if _holds_articles(source)]
        if len(group) > 1 and len(held) == len(group[:_READ]):
            found.append(str(PurePosixPath(glob.escape(parent), f"*{suffix}")))
        else:
            found += [source.relative for source in held]
    return found


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
            part += "/.*"
        elif not (folder / path).exists():
            part = part.replace(r"\*\*/", "(.*/)?").replace(r"\*", "[^/]*").replace(r"\?", "[^/]")
        parts.append(part)
    return f"^({'|'.join(parts)})$" if parts else pattern_of_data()
