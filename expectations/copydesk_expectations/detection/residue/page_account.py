"""The account of an article: what the model of page furniture sees of each of its lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from copydesk.lazy import pl
from copydesk.lexicon.phrases import LINE_KINDS, kind_bits
from copydesk_expectations.detection.residue.page_lines import page_line_keys, page_lines
from copydesk_expectations.detection.residue.page_phrases import permitting_lines, phrase_kinds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from copydesk.checks.batch import Batch
    from copydesk.furniture.model import Model

__all__ = ["account_of_lines"]

#: So many features that raised a score are named, and so many characters of a line are shown.
_NAMED, _SHOWN = 4, 72


def account_of_lines(
    batches: Iterable[Batch], row: int, model: Model, names: tuple[str, ...], lexicons: tuple[str, ...]
) -> Iterator[str]:
    """Yield an account of one article, line by line.

    Args:
        batches: all articles of the collection.
        row: the row of the article in its file.
        model: it judges the lines.
        names: the features that are kept of each line.
        lexicons: a project's own lexicon files.

    Raises:
        ValueError: no article stands in that row.
    """
    keys, body, kinds, article = [], None, None, -1
    for batch in batches:
        known = phrase_kinds(batch, lexicons)
        keys.append(page_line_keys(batch, known, names))
        mine = batch.articles.filter(pl.col("row") == row)["article"]
        if len(mine):
            article = mine[0]
            own = (batch.paragraphs["article"] == article).to_numpy()
            body, kinds = batch.paragraphs.filter(pl.Series(own)), known[own]
    if body is None or kinds is None:
        raise ValueError(f"no article stands in row {row}")
    lines = page_lines(pl.concat(keys, how="diagonal").lazy(), names, all_articles=True)
    at = {
        par: n for n, (number, par) in enumerate(lines.rows.select("article", "par").iter_rows()) if number == article
    }
    opened = any(lines.rows["open"][n] for n in at.values())
    yield _gate(body["text"].to_list(), kinds, opened)
    yield f"A line is a finding from {model.threshold:.2f} on, if the gate is open."
    scores, least = model.score(lines.features), lines.least(model.threshold)
    for par, text, kind in zip(body["par"], body["text"], kinds.tolist(), strict=True):
        shown = text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
        if kind:
            yield f"{par + 1:5}  phrase  {shown}   ({_kind(kind)})"
        elif par not in at:
            yield f"{par + 1:5}  prose   {shown}"
        elif lines.rows["boilerplate"][at[par]]:
            yield f"{par + 1:5}  repeat  {shown}   (publisher-boilerplate finds it)"
        else:
            score, needed = scores[at[par]], least[at[par]]
            if lines.rows["of_structure"][at[par]]:
                yield f"{par + 1:5}  story   {shown}   (part of a structure that recurs through it)"
                continue
            more = f"   (the story's own: from {needed:.2f} on)" if score >= model.threshold and needed > score else ""
            yield f"{par + 1:5}  {score:6.2f}{'*' if opened and score >= needed else ' '} {shown}{more}"
            shares = model.shares(lines.line(at[par]))
            raised = [
                f"{name} = {lines.features[name][at[par]]} (+{share:.2f})"
                for name, share in shares.items()
                if share > 0
            ]
            if raised:
                yield f"               raised by {', '.join(raised[:_NAMED])}"


def _gate(texts: list[str], kinds: Any, opened: bool) -> str:
    """Say whether verdicts are permitted in the article, and why."""
    spoken = [texts[place] for place in permitting_lines(pl.Series(texts, dtype=pl.String), kinds).tolist()]
    if spoken:
        return f"The gate is open: a lexicon knows {len(spoken)} of the lines, first of all {spoken[0][:_SHOWN]!r}."
    if opened:
        return "The gate is open: the publisher repeats a line of the article in three articles or more."
    return "The gate is shut: no lexicon knows a line of the article, and its publisher repeats none."


def _kind(bits: int) -> str:
    """Return the name of the first kind of a phrase."""
    return next(kind for kind in LINE_KINDS if bits & kind_bits(kind))
