"""Collections of any size from real articles, with their words shuffled: for what real text costs, without copies.

    python ci/shuffled.py COUNT FILE.jsonl --like ARTICLES.jsonl.gz --like OTHERS.jsonl.gz=0.1

Each article of the collection has a model among the given ones. It has the model's publisher, language, date and
section, its lines and its marks; its words change places. A word in small letters takes the place of another one, a
name that of a name, a number that of one with as many digits, the first word of a sentence that of another first word,
and the last word of a line without an end mark that of another such word.
Where a model has few words, articles of its language lend more. So no article is a near copy of another one, however
many there are; unless a model has hardly any words.

A line that stands under two headlines keeps its words: mostly it is residue, such as 'Share this article'. So does the
head of a short line, such as 'Photo:'. A line that a model has twice is shuffled once. The number of the article stands
at the end of its address.

The same files, count and seed give the same collection.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import re
import sys
from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from copydesk.errors import CopydeskError, UsageError
from copydesk.model.article import FIELDS
from copydesk.readers import read
from shapes import Article, Shape, lines_of_several, shape_of

_BLOCK = 500  # articles that a process makes at once
_CHOICE = 300  # words of a kind: with fewer, an article takes some of others
_LENDERS = 20  # articles that lend their words to one
_MODELS = 1_500  # of a file, drawn by chance where it has more: their words are held in memory


class Library:
    """The models, taken apart.

    Args:
        files: in any format that copydesk reads, each with its share of the collection. Files without one have equal
            parts of what is left.

    Raises:
        CopydeskError: a file cannot be read or has no article with a text, or the shares do not make 1.
    """

    def __init__(self, files: Sequence[tuple[Path, float | None]]) -> None:
        self._chance = np.cumsum(equal_shares([share for _, share in files]))
        models = [_some(models_of(file)) for file, _ in files]
        self._first = np.cumsum([0, *map(len, models)])
        self.models = [model for some in models for model in some]
        self.fields = [f for f in FIELDS if f == "id" or any(model.get(f) for model in self.models)]
        self._fullest = max(range(len(self.models)), key=lambda n: sum(map(bool, self.models[n].values())))
        kept = lines_of_several(self.models)
        self._shapes = [shape_of(model, kept) for model in self.models]
        self._of_language: dict[str | None, list[int]] = defaultdict(list)
        for number, model in enumerate(self.models):
            self._of_language[model.get("language")].append(number)

    def article(self, number: int, seed: int) -> Article:
        """Return an article. The first one has the most fields, so that readers see of what kind these are."""
        rng = np.random.default_rng((seed, number))
        file = int(np.searchsorted(self._chance[:-1], rng.random(), "right"))
        chosen = int(rng.integers(self._first[file], self._first[file + 1])) if number else self._fullest
        model, shape = self.models[chosen], self._shapes[chosen]
        headline, *lines = shape.lines(self._shuffled(shape, self._of_language[model.get("language")], rng))
        made = model | {"id": f"article-{number:08}", "body": "\n".join(lines)}
        if model.get("headline"):
            made["headline"] = headline + shape.suffix
        if url := model.get("url"):
            made["url"] = f"{re.split('[?#]', url)[0].rstrip('/')}/{number}"
        return {field: made.get(field) for field in self.fields}

    def _shuffled(self, shape: Shape, others: list[int], rng: np.random.Generator) -> Any:
        """Return the pieces of an article with its words in other places."""
        pieces = shape.pieces.copy()
        lenders = [self._shapes[others[n]] for n in rng.integers(len(others), size=_LENDERS)]
        for kind, places in shape.movable.items():
            words, count = [pieces[places]], len(places)
            for lender in lenders:
                if count >= _CHOICE:
                    break
                if (lent := lender.movable.get(kind)) is not None:
                    words.append(lender.pieces[lent])
                    count += len(lent)
            # Numbers are shuffled, and not the words themselves, which takes numpy several times as long.
            pieces[places] = np.concatenate(words)[rng.permutation(count)[: len(places)]]
        return pieces


def equal_shares(given: Sequence[float | None]) -> list[float]:
    """Return the shares of files. Those without one have equal parts of what is left.

    >>> equal_shares([None, 0.1])
    [0.9, 0.1]
    """
    told, silent = sum(share or 0 for share in given), given.count(None)
    if told > 1 + 1e-9 or (not silent and told < 1 - 1e-9):
        raise UsageError(f"--like: expected shares that make 1, got {told:g}. Leave the share of one file out.")
    return [(1 - told) / silent if share is None else share for share in given]


def file_and_share(entry: str) -> tuple[Path, float | None]:
    """Read FILE or FILE=SHARE.

    >>> file_and_share("articles.jsonl=0.1")[1]
    0.1
    """
    name, sign, share = entry.rpartition("=")
    if not sign or Path(entry).exists():
        return Path(entry).absolute(), None
    try:
        number = float(share)
    except ValueError:
        number = 0
    if not 0 < number <= 1:
        raise UsageError(f"--like {entry}: expected FILE or FILE=SHARE, a share above 0 and up to 1.")
    return Path(name).absolute(), number


def models_of(file: Path) -> list[Article]:
    """Return the articles of a file that have a text."""
    rows = (row for chunk in read([file]) for row in chunk.articles.iter_rows(named=True))
    models = [row for row in rows if (row["body"] or "").strip()]
    if not models:
        raise UsageError(f"--like {file}: expected articles with a text, found none.")
    return models


def _some(models: list[Article]) -> list[Article]:
    """Return at most as many models as are held in memory."""
    if len(models) <= _MODELS:
        return models
    return [models[n] for n in np.sort(np.random.default_rng(1).choice(len(models), _MODELS, replace=False))]


@cache
def library(files: tuple[tuple[Path, float | None], ...]) -> Library:
    """Return the models of files; they are taken apart once in a process."""
    return Library(files)


def write(path: Path, count: int, files: tuple[tuple[Path, float | None], ...], *, seed: int = 1) -> None:
    """Write a collection as JSON lines, block by block, with as many processes as there are cores."""
    library(files)  # before the processes start, which share it where they can
    blocks = [(files, seed, n, min(n + _BLOCK, count)) for n in range(0, count, _BLOCK)]
    with multiprocessing.Pool() as pool, path.open("wb") as file:
        for block in pool.imap(_block, blocks):
            file.write(block)


def _block(block: tuple[tuple[tuple[Path, float | None], ...], int, int, int]) -> bytes:
    files, seed, first, end = block
    models = library(files)
    lines = [json.dumps(models.article(number, seed), ensure_ascii=False) + "\n" for number in range(first, end)]
    return "".join(lines).encode()


def main() -> int:
    """Write a collection."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int)
    parser.add_argument("file", type=Path)
    parser.add_argument("--like", action="append", required=True, metavar="FILE[=SHARE]")
    given = parser.parse_args()
    try:
        write(given.file, given.count, tuple(map(file_and_share, given.like)))
    except CopydeskError as error:
        parser.error(str(error))
    return 0


if __name__ == "__main__":
    sys.exit(main())
