"""Structure that recurs through an article, and is the story's: headings between its prose, and questionnaires."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["headings", "questionnaires", "recurring"]

Ints = NDArray[np.int64]
Keys = NDArray[np.uint64]
Flags = NDArray[np.bool_]

#: Headings are at most so many lines between two paragraphs of prose. They stand in so many such places of an article
#: at least, and in such a share of them. They have so many words on average: the names above readers' comments have
#: fewer.
_LINES, _PLACES, _SHARE, _WORDS = 2, 4, 0.6, 3

#: A questionnaire has so many questions with an answer below, and such a share of its short lines are questions.
#: Without the share, a list of other stories' titles would be one.
_QUESTIONS, _QUESTION_SHARE = 4, 0.25

_ODD = np.uint64(0x9E3779B97F4A7C15)


def recurring(article: Ints, prose: Flags, phrase: Flags, question: Flags, words: Ints, key: Keys) -> Flags:
    """Flag the lines that are part of a structure which recurs through their article.

    Args:
        article: the number of each line's article, from 0, in order.
        prose: which lines are prose.
        phrase: which lines are phrases of a lexicon.
        question: which short lines end in a question mark and have some words.
        words: how many each line has.
        key: equal for equal lines.
    """
    return headings(article, prose, phrase, words, key) | questionnaires(article, prose, question & ~phrase)


def headings(article: Ints, prose: Flags, phrase: Flags, words: Ints, key: Keys) -> Flags:
    """Flag the headings of articles that have one between most of their paragraphs: each line of another wording."""
    flags = np.zeros(len(article), np.bool_)
    at = np.flatnonzero(prose)
    above, below = at[:-1], at[1:]
    gap = (below - above > 1) & (article[above] == article[below])
    above, below = above[gap], below[gap]
    brief = np.flatnonzero(below - above <= _LINES + 1)
    # The first line of each brief gap, and the second where there is one.
    pair = brief[below[brief] - above[brief] > _LINES]
    gaps, line = np.r_[brief, pair], np.r_[above[brief] + 1, above[pair] + _LINES]
    gaps, line = gaps[~phrase[line]], line[~phrase[line]]
    owner = article[line]
    _, same, times = np.unique(key[line] ^ owner.astype(np.uint64) * _ODD, return_inverse=True, return_counts=True)
    single = times[same] == 1
    gaps, line, owner = gaps[single], line[single], owner[single]
    if not len(line):
        return flags
    size = int(article[-1]) + 1
    all_gaps = np.bincount(article[above], minlength=size)
    headed = np.bincount(article[above[np.unique(gaps)]], minlength=size)
    count, length = (np.bincount(owner, weights, minlength=size) for weights in (None, words[line]))
    structured = (headed >= _PLACES) & (headed >= _SHARE * all_gaps) & (length >= _WORDS * count)
    flags[line[structured[owner]]] = True
    return flags


def questionnaires(article: Ints, prose: Flags, question: Flags) -> Flags:
    """Flag the lines from the first question of a questionnaire to the answer below its last one."""
    flags = np.zeros(len(article), np.bool_)
    asked = question & ~prose
    at = np.flatnonzero(asked)
    inner = at[at + 1 < len(article)]
    answered = inner[(article[inner + 1] == article[inner]) & ~asked[inner + 1]]
    owners, times = np.unique(article[answered], return_counts=True)
    for owner in owners[times >= _QUESTIONS].tolist():
        first, last = at[np.searchsorted(article[at], [owner, owner + 1]) - [0, 1]]
        behind = last + 2 if last in answered else last + 1
        if asked[first:behind].sum() >= _QUESTION_SHARE * (~prose[first:behind]).sum():
            flags[first:behind] = True
    return flags
