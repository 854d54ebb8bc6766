"""GitHub's runner, as far as it reads commands out of a log."""

from __future__ import annotations

from dataclasses import dataclass

REGISTERED = {
    "add-mask", "add-matcher", "add-path", "debug", "echo", "endgroup", "error", "group", "notice", "remove-matcher",
    "save-state", "set-env", "set-output", "stop-commands", "warning",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Command:
    """A command of a workflow: its name, its properties, its message, all unescaped."""

    name: str
    properties: dict[str, str]
    message: str


def command(line: str) -> Command | None:
    """Read a line of a log as the runner does: a command stands at its start, of an old one also in its middle."""
    brief = line.lstrip()
    if brief.startswith("::") and (end := brief.find("::", 2)) >= 0:
        name, _, said = brief[2:end].partition(" ")
        if name.lower() in REGISTERED:
            pairs = (part.partition("=") for part in said.strip().split(",") if part)
            return Command(name, {k: _plain(v, ":,") for k, _, v in pairs}, _plain(brief[end + 2 :], ""))
    for prefix in ("##[", "##vso[", "##teamcity["):
        if (at := line.find(prefix)) >= 0 and (end := line.find("]", at)) >= 0:
            return Command(line[at + len(prefix) : end], {}, line[end + 1 :])
    return None


def _plain(escaped: str, more: str) -> str:
    for character in f"\r\n{more}%":  # the percent sign last, as the runner does
        escaped = escaped.replace(f"%{ord(character):02X}", character)
    return escaped
