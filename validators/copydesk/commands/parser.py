"""A parser that suggests the word that was meant, for commands, options and choices."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any

from copydesk.errors import did_you_mean

__all__ = ["Parser"]


class Parser(argparse.ArgumentParser):
    """As argparse's, but each error of an unknown word names the nearest known one.

    behind_dashes: the attribute that gets the words behind `--`, as a list; None where they are arguments like others.
    """

    behind_dashes: str | None = None

    def parse_known_args(  # type: ignore[override]  # argparse has overloads of it, which all mean this
        self, args: Sequence[str] | None = None, namespace: argparse.Namespace | None = None
    ) -> tuple[Any, list[str]]:
        """Parse, and end with an error at the first unknown option; the parser of a command knows its own options."""
        behind: list[str] = []
        if self.behind_dashes and args is not None and "--" in args:
            at = list(args).index("--")
            args, behind = args[:at], list(args[at + 1 :])
        known, rest = super().parse_known_args(args, namespace)
        if self.behind_dashes:
            setattr(known, self.behind_dashes, behind)
        if rest:
            option = next((word.partition("=")[0] for word in rest if word.startswith("-")), None)
            options = [name for name in self._option_string_actions if name.startswith("--")]
            hint = did_you_mean(option, options) if option else ""
            self.error(f"unrecognized arguments: {' '.join(rest)}.{hint}")
        return known, rest

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        if action.choices is not None and value not in action.choices:
            names = [str(choice) for choice in action.choices]
            raise argparse.ArgumentError(
                action, f"invalid choice: {value!r}.{did_you_mean(str(value), names)} Choose from {', '.join(names)}."
            )
