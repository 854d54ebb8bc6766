"""The files of a collection as they were in a revision of a git repository."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from copydesk.errors import UsageError
from copydesk.readers import Source, find_files
from copydesk.readers.files.source import MEMBER
from copydesk.temporary import TemporaryFolder

__all__ = ["Revision", "at_revision"]


@dataclass(frozen=True, slots=True)
class Revision:
    """The files of a revision; `name` is as the user gave it, with the paths."""

    name: str
    sources: tuple[Source, ...]

    def __str__(self) -> str:
        return self.name


@contextmanager
def at_revision(revision: str, paths: Sequence[str]) -> Iterator[Revision]:
    """Give the files of a revision; they are there as long as the block lasts.

    Args:
        revision: a commit, a branch, a tag, or what else git takes for one.
        paths: files, folders or globs, relative to the working folder, which lies in the repository.

    Raises:
        UsageError: this is no repository, or it has no such revision or path.
        InputError: a path holds no articles.
    """
    import zipfile  # late: `copydesk --help` does without

    for path in paths:
        if Path(path).is_absolute() or ".." in Path(path).parts:
            raise UsageError(f"{path}: expected a path below the working folder. Run from the root of the repository.")
    commit = _git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}", of=revision).strip()
    with TemporaryFolder() as folder:
        root = folder.resolve()
        archive = root / "archive.zip"
        _git("archive", "--format=zip", f"--output={archive}", commit, "--", *paths, of=revision)
        with zipfile.ZipFile(archive) as packed:  # which writes nothing outside of the folder, and no links
            packed.extractall(root / "tree")
        sources = find_files([root / "tree" / path for path in paths])
        yield Revision(f"{revision}:{' '.join(paths)}", tuple(_renamed(s, root / "tree", revision) for s in sources))


def _renamed(source: Source, tree: Path, revision: str) -> Source:
    """Return a source under the name that it has in the repository."""
    assert source.path is not None
    path = source.path.relative_to(tree).as_posix() + (f"{MEMBER}{source.member}" if source.member else "")
    return replace(source, name=f"{revision}:{path}", relative=path if source.asked else source.relative)


def _git(*words: str, of: str) -> str:
    try:
        done = subprocess.run(["git", *words], capture_output=True, text=True, check=False)
    except OSError as error:
        raise UsageError(f"git cannot be run: {error.strerror}. Install it, or name two files or folders.") from error
    if done.returncode:
        why = done.stderr.strip().removeprefix("fatal: ") or "there is no such revision"
        raise UsageError(f"{of}: git cannot give this revision: {' '.join(why.split())}.")
    return done.stdout
