"""Files beside the articles of a collection, which hold none: READMEs, licences, and what tools leave in a folder."""

from __future__ import annotations

import re
from fnmatch import fnmatch
from pathlib import Path, PurePath

__all__ = ["is_our_report", "is_side_file", "is_side_folder", "kind_of", "matches_any", "read_with"]

#: Names of side files, in lower case, whatever their suffix. They are passed over in folders and globs, and named.
_STEMS = re.compile(
    r"(?:readme|licen[cs]e|copying|notice|authors|changelog|changes|citation|contributing|code_of_conduct|security"
    r"|requirements|md5sums?|sha\d+sums?|checksums?)(?:[-_.][^/]*)?"
)

#: Side files by their whole name: of Hugging Face, of packages, and of web servers.
_NAMES = frozenset(
    {"dataset_info.json", "dataset_infos.json", "dataset_dict.json", "state.json", "metadata.json", "schema.json"}
    | {"datapackage.json", "package.json", "package-lock.json", "tsconfig.json", "manifest.json"}
    | {"robots.txt", "humans.txt", "ads.txt", "security.txt", "llms.txt"}
)

#: Folders of table formats and archives, whose files describe the data beside them.
_FOLDERS = frozenset({"_delta_log", "_spark_metadata", "_temporary", "__macosx", "node_modules", "__pycache__"})

#: What a report of ours says of itself, within its first bytes.
_GENERATOR, _HEAD = b'<meta name="generator" content="copydesk ', 2048


def is_side_file(name: str) -> bool:
    """Say whether a file name is one of a side file. A name that begins with '_' is one, as Spark and Hadoop have it.

    >>> [name for name in ("README.txt", "robots.txt", "_SUCCESS", "articles.txt") if is_side_file(name)]
    ['README.txt', 'robots.txt', '_SUCCESS']
    """
    name = name.lower()
    return name.startswith("_") or name in _NAMES or bool(_STEMS.fullmatch(name))


def is_our_report(path: Path) -> bool:
    """Say whether a file is a report that we wrote, which is no article."""
    if path.suffix.lower() not in {".html", ".htm"}:
        return False
    try:
        with path.open("rb") as file:
            return _GENERATOR in file.read(_HEAD)
    except OSError:
        return False


def is_side_folder(name: str) -> bool:
    """Say whether a folder holds no data of its own."""
    return name.lower() in _FOLDERS


def kind_of(name: str) -> str:
    """Return what a file that is not read is counted by: its name if it is a side file, else its suffix.

    >>> [kind_of(name) for name in ("README.md", "notes.docx", "data.tar.gz", "10000")]
    ['README.md', '.docx', '.tar.gz', 'no suffix']
    """
    if is_side_file(name):
        return name
    suffixes = PurePath(name.lower()).suffixes
    if not suffixes or " " in suffixes[-1]:
        return "no suffix"
    return "".join(suffixes[-2:]) if suffixes[-1] in (".gz", ".zst", ".xz", ".bz2") else suffixes[-1]


def read_with(path: Path) -> Path | None:
    """Return the file beside that is read together with a file: the summaries `.tgt` of the texts in `.src`.

    See `copydesk.readers.texts.lines_of_text`. None where there is none.
    """
    beside = path.with_suffix(".tgt")
    return beside if path.suffix == ".src" and beside.is_file() else None


def matches_any(relative: str, globs: tuple[str, ...]) -> bool:
    """Say whether one of some globs matches a path below a folder, a folder of it, or its last name.

    >>> matches_any("raw/2026/a.json", ("raw",)), matches_any("raw/a.json", ("*.json",)), matches_any("b", ("a",))
    (True, True, False)
    """
    parts = relative.split("/")
    heads = ["/".join(parts[:count]) for count in range(1, len(parts) + 1)]
    return any(fnmatch(text, glob.rstrip("/")) for glob in globs for text in (*heads, *parts))
