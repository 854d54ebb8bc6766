"""The model of page furniture: a file of words and small decision trees, and a verdict with its reasons.

    # a comment
    threshold   2       3.10                            log-odds from which a line is a hit, in a state of the article
    bias        -1.25                                   log-odds before anything is known
    word        sign up 1.52                            word evidence, see `copydesk.furniture.evidence`
    tree        zone<=1 -0.21   word evidence<=80 ...   log-odds to add

Tabs separate the columns. A tree is a test, then what to add where it holds, then what to add where it does not. Both
may be trees again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl
from numpy.typing import NDArray

from copydesk.checks.batch import Batch
from copydesk.furniture.evidence import WordEvidence
from copydesk.furniture.lines import HEAD, INSIDE, NO_PROSE, TAIL, Bytes, context, outspoken, scaled, states, suspects
from copydesk.native.constants import LEAVES
from copydesk.native.functions import Trees, score_trees

__all__ = ["Model", "Tree", "parse_model", "written"]

_MOST_WORDS = 3

#: Sums of the same numbers may differ by so much.
_ROUNDING = 1e-9

_PLACES = {
    NO_PROSE: "in a text without a paragraph of prose",
    HEAD: "before the first paragraph of the story",
    INSIDE: "between paragraphs of the story",
    TAIL: "after the last sentence of the story",
}


@dataclass(frozen=True, slots=True)
class Split:
    """A test of a feature: `low` where it is at most `cut`, `high` where it is more."""

    feature: str
    cut: int
    low: Tree
    high: Tree


#: What to add: a number, or a test that leads to one.
Tree = Split | float


@dataclass(frozen=True)
class Model:
    """What makes a line furniture. The thresholds depend on the state of the article."""

    words: WordEvidence
    trees: tuple[Tree, ...]
    bias: float
    thresholds: Mapping[int, float]

    def score(self, features: Mapping[str, Bytes]) -> NDArray[np.float64]:
        """Return the log-odds of each line. A feature that is not given is assumed to be at its best."""
        return self._forest.added(features, self.bias)

    @cached_property
    def _forest(self) -> _Forest:
        return _Forest(self.trees)

    def hits(self, batch: Batch, lexicons: tuple[str, ...] = ()) -> pl.DataFrame:
        """Return the lines that are furniture: rows of `copydesk.text.paragraphs.paragraphs_of`, with `reason`."""
        found = suspects(batch, lexicons)
        # Most lines cannot be furniture, whatever their words say. Most of the rest are not outspoken.
        possible = np.flatnonzero(self.score(found.features) >= self._least(found.features) - _ROUNDING)
        own = {"word evidence": scaled(self.words.of(found.lines(possible)))}
        known = {name: values[possible] for name, values in found.features.items()} | own
        found = found.beside(possible[outspoken(known)])
        features = found.features | context(found, self.words.of(found.lines()))
        at = np.flatnonzero(outspoken(features) & (self.score(features) >= self._least(features)))
        reasons = self._reasons(found.lines(at), {name: values[at] for name, values in features.items()})
        return found.rows[at].with_columns(pl.Series("reason", list(reasons), pl.String))

    def _least(self, features: Mapping[str, Bytes]) -> NDArray[np.float64]:
        """Return the log-odds from which each line is a hit."""
        return np.array([self.thresholds[n] for n in sorted(self.thresholds)])[states(features)]

    def _reasons(self, lines: pl.Series, features: Mapping[str, Bytes]) -> Iterator[str]:
        """Say for each line which words and circumstances speak against it."""
        for at, words in enumerate(self.words.strongest(lines, _MOST_WORDS)):
            said = [f"the words {', '.join(repr(w) for w in words)}"] if words else []
            if features["phrases within 4 lines"][at] or features["strong lines of 4 each side"][at]:
                said.append("beside other lines of the page")
            elif features["run of short lines"][at] > 3:
                said.append("in a run of short lines")
            if features["copies in the article"][at] > 1:
                said.append("repeated in the article")
            yield "; ".join([*said, _PLACES[int(features["zone"][at])]])


class _Forest:
    """Trees as C takes them: their tests, and which leaves each test leaves."""

    def __init__(self, trees: tuple[Tree, ...]) -> None:
        self._names: dict[str, int] = {}
        self._tests: list[tuple[int, int, int, int]] = []
        leaves = np.zeros((len(trees), LEAVES))
        every, bounds = np.empty(len(trees), np.uint16), np.zeros(len(trees) + 1, np.int64)
        for number, tree in enumerate(trees):
            values = [*_leaves(tree)]
            leaves[number, : len(values)] = values
            every[number] = (1 << len(values)) - 1
            self._add(tree, 0, int(every[number]))
            bounds[number + 1] = len(self._tests)
        column, cut, low, high = np.array(self._tests, np.uint16).reshape(-1, 4).T.copy()
        self._trees = Trees(cut.astype(np.uint8), column, low, high, bounds, leaves, every)

    def _add(self, tree: Tree, first: int, every: int) -> int:
        """Add the tests of a tree whose leaves begin with a number; return the number behind the last of them."""
        if isinstance(tree, float):
            return first + 1
        middle = self._add(tree.low, first, every)
        end = self._add(tree.high, middle, every)
        low, high = (1 << middle) - (1 << first), (1 << end) - (1 << middle)
        column = self._names.setdefault(tree.feature, len(self._names))
        self._tests.append((column, tree.cut, every & ~high, every & ~low))
        return end

    def added(self, features: Mapping[str, Bytes], bias: float) -> NDArray[np.float64]:
        """Return for each line the bias plus what each tree adds, or adds at most."""
        total = np.full(len(next(iter(features.values()))), bias)
        known = [np.ascontiguousarray(features[name]) if name in features else None for name in self._names]
        score_trees(self._trees, known, total)
        return total


def _leaves(tree: Tree) -> Iterator[float]:
    if isinstance(tree, float):
        yield tree
    else:
        yield from _leaves(tree.low)
        yield from _leaves(tree.high)


def parse_model(text: str) -> Model:
    """Read the text of a model file."""
    words: dict[str, float] = {}
    trees: list[Tree] = []
    thresholds: dict[int, float] = {}
    bias = 0.0
    for line in text.splitlines():
        kind, *rest = line.split("\t")
        match kind:
            case "word":
                words[rest[0]] = float(rest[1])
            case "tree":
                trees.append(_tree(iter(rest)))
            case "threshold":
                thresholds[int(rest[0])] = float(rest[1])
            case "bias":
                bias = float(rest[0])
    return Model(WordEvidence(words), tuple(trees), bias, thresholds)


def _tree(parts: Iterator[str]) -> Tree:
    feature, test, cut = next(parts).partition("<=")
    return Split(feature, int(cut), _tree(parts), _tree(parts)) if test else float(feature)


def written(model: Model, *, comment: str) -> str:
    """Return the text of a model file, which `parse_model` reads."""
    lines = [f"# {line}" for line in comment.splitlines()]
    lines += [f"threshold\t{state}\t{least:.2f}" for state, least in sorted(model.thresholds.items())]
    lines.append(f"bias\t{model.bias:.3f}")
    lines += ["\t".join(["tree", *_parts(tree)]) for tree in model.trees]
    lines += [f"word\t{g}\t{w:.2f}" for g, w in zip(model.words.grams, model.words.weights, strict=True)]
    return "\n".join(lines) + "\n"


def _parts(tree: Tree) -> Iterator[str]:
    if isinstance(tree, float):
        yield f"{tree:.3f}"
    else:
        yield f"{tree.feature}<={tree.cut}"
        yield from _parts(tree.low)
        yield from _parts(tree.high)
