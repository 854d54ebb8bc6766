"""The model of page furniture: a file of small decision trees, and the score of lines.

    # a comment
    threshold   2.25                                    log-odds from which a line is a hit
    bias        -1.25                                   log-odds before anything is known
    tree        zone<=1 -0.21   words<=80 ...           log-odds to add

Tabs separate the columns. A tree is a test, then what to add where it holds, then what to add where it does not. Both
may be trees again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from copydesk.furniture.shape import Bytes
from copydesk.native.constants import LEAVES
from copydesk.native.functions import Trees, score_trees

__all__ = ["Model", "Split", "Tree", "parse_model", "written"]


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
    """What makes a line furniture: the log-odds are the bias and what each tree adds."""

    trees: tuple[Tree, ...]
    bias: float
    threshold: float

    @cached_property
    def features(self) -> tuple[str, ...]:
        """The features that the trees ask for, in a fixed order."""
        return tuple(sorted({split.feature for tree in self.trees for split in _splits(tree)}))

    def score(self, features: Mapping[str, Bytes]) -> NDArray[np.float64]:
        """Return the log-odds of each line. A feature that is not given is assumed to be at its best."""
        return self._forest.added(features, self.bias)

    @cached_property
    def _forest(self) -> _Forest:
        return _Forest(self.trees)

    def shares(self, line: Mapping[str, int]) -> dict[str, float]:
        """Return what each feature of one line adds to its log-odds, the strongest for furniture first.

        Where a tree asks for a feature, the mean of its leaves changes from that of all below the question to that of
        the side taken. The change is the feature's share. With the means of all trees they sum up to the score.
        """
        shares: dict[str, float] = {}
        for tree in self.trees:
            while isinstance(tree, Split):
                side = tree.low if line[tree.feature] <= tree.cut else tree.high
                shares[tree.feature] = shares.get(tree.feature, 0.0) + _mean(side) - _mean(tree)
                tree = side
        return dict(sorted(shares.items(), key=lambda item: (-item[1], item[0])))


def _splits(tree: Tree) -> Iterator[Split]:
    if isinstance(tree, Split):
        yield tree
        yield from _splits(tree.low)
        yield from _splits(tree.high)


def _mean(tree: Tree) -> float:
    leaves = [*_leaves(tree)]
    return sum(leaves) / len(leaves)


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
    trees: list[Tree] = []
    bias = threshold = 0.0
    for line in text.splitlines():
        kind, *rest = line.split("\t")
        match kind:
            case "tree":
                trees.append(_tree(iter(rest)))
            case "threshold":
                threshold = float(rest[0])
            case "bias":
                bias = float(rest[0])
    return Model(tuple(trees), bias, threshold)


def _tree(parts: Iterator[str]) -> Tree:
    feature, test, cut = next(parts).partition("<=")
    return Split(feature, int(cut), _tree(parts), _tree(parts)) if test else float(feature)


def written(model: Model, *, comment: str) -> str:
    """Return the text of a model file, which `parse_model` reads."""
    lines = [f"# {line}" for line in comment.splitlines()]
    lines += [f"threshold\t{model.threshold:.2f}", f"bias\t{model.bias:.3f}"]
    lines += ["\t".join(["tree", *_parts(tree)]) for tree in model.trees]
    return "\n".join(lines) + "\n"


def _parts(tree: Tree) -> Iterator[str]:
    if isinstance(tree, float):
        yield f"{tree:.3f}"
    else:
        yield f"{tree.feature}<={tree.cut}"
        yield from _parts(tree.low)
        yield from _parts(tree.high)
