"""The rule file of `copydesk mine`: written for review in a diff, and written again without losing a decision."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import Any

from copydesk.lazy import pl
from copydesk.lexicon.rules import Rule, Rules, parse_rules

__all__ = ["HEAD", "added", "rules_text"]

#: What stands at the top of a new file.
HEAD = """\
Lines that repeat across a publisher's articles, by what they would remove. Decide on each, and commit the file.
action: delete (it is the page's), keep (it is the story's) or ? (nobody has decided: it is checked as ever).
In a line, <number> stands for figures, and … for any words.
`copydesk mine` run again keeps this file as it is and adds what is new.
"""


def rules_text(found: pl.DataFrame, old: str | None, *, file: Path) -> tuple[str, int]:
    """Return the text of a rule file, and how many rules it gained.

    Args:
        found: see `copydesk.mining.candidates.candidates`.
        old: the text of the file as it is; None if there is none.
        file: the file, for errors.
    """
    from ruamel.yaml import YAML
    from ruamel.yaml.comments import CommentedMap, CommentedSeq

    yaml = YAML(typ="rt", pure=True)
    yaml.width = 10_000
    yaml.allow_unicode = True
    yaml.preserve_quotes = True
    if old is None:
        data: Any = CommentedMap({"rules": CommentedSeq()})
        data.yaml_set_start_comment(HEAD)
        new = found
    else:
        new = added(found, parse_rules(old, file=str(file)))
        data = yaml.load(old)
    data["rules"].extend(CommentedMap(_entry(row)) for row in new.iter_rows(named=True))
    if old is not None and new.is_empty():
        return old, 0
    written = StringIO()
    yaml.dump(data, written)
    return written.getvalue(), new.height


def added(found: pl.DataFrame, known: list[Rule]) -> pl.DataFrame:
    """Return the rows that no rule knows, whatever its action."""
    actions = Rules(known).actions(found["publisher"], found["line"])
    same = {(rule.publisher.strip().lower(), rule.line) for rule in known}
    new = [pair not in same for pair in zip(found["publisher"], found["line"], strict=True)]
    return found.filter(actions.is_null() & pl.Series(new, dtype=pl.Boolean))


def _entry(row: dict[str, Any]) -> dict[str, Any]:
    from ruamel.yaml.scalarstring import DoubleQuotedScalarString as Quoted

    entry: dict[str, Any] = {
        "publisher": Quoted(row["publisher"]),
        "line": Quoted(row["line"]),
        "action": Quoted("delete" if row["sure"] else "?"),
        "articles": row["articles"],
        "share": round(row["articles"] / max(row["all"], 1), 3),
    }
    if row["first"]:
        entry |= {"first": Quoted(row["first"]), "last": Quoted(row["last"])}
    return entry | {"words": row["words"], "samples": [Quoted(sample) for sample in row["samples"]]}
