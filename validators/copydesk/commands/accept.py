"""`copydesk accept`: write down that findings stay as they are, and why."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from copydesk.commands.config import find_config
from copydesk.errors import UsageError

__all__ = ["add_to", "run"]


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser], epilog: str) -> None:
    """Add the command's parser."""
    command = commands.add_parser(
        "accept",
        help="write down that findings stay as they are, and why, for `copydesk check --accepted`",
        description="Add entries to the file of accepted findings, a line each, to be reviewed in a diff. `copydesk"
        " check` reads it with --accepted F, or where the config names it as `accepted`. Accepted findings do not"
        " count.",
        epilog=epilog,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument("fingerprints", nargs="*", metavar="FINGERPRINT", help="a finding, as --findings names it")
    command.add_argument("--check", metavar="NAME", help="instead, all findings of a check, with --publisher")
    command.add_argument("--publisher", metavar="NAME", help="the publisher of the articles")
    command.add_argument("--reason", required=True, metavar="TEXT", help="why")
    command.add_argument("--until", type=_day, metavar="DATE", help="the last day on which it holds, as 2027-03-31")
    command.add_argument("--author", metavar="NAME", help="who says so (default: the user's name in git)")
    command.add_argument(
        "--findings", type=Path, metavar="F", help="a file of findings, for the check, article and words of each"
    )
    command.add_argument(
        "--file",
        type=Path,
        metavar="F.jsonl",
        help="the file to write (default: that of the config, or copydesk-accepted.jsonl)",
    )
    command.add_argument("--debug", action="store_true", help=argparse.SUPPRESS)
    command.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Add the entries, and say what was done; return 0."""
    from copydesk.gate.accepted import FILE, expect_entry, named_findings, write_accepted
    from copydesk.model.result import AcceptedEntry
    from copydesk.outputs import can_be_written
    from copydesk.readers.files.guard import Guard, Read
    from copydesk.reports.figures import plural

    by_check = bool(arguments.check or arguments.publisher)
    if by_check == bool(arguments.fingerprints):
        raise UsageError("accept: expected fingerprints, or --check and --publisher, and not both.")
    named = _named_by_config()
    path = arguments.file or named or Path(FILE)
    Guard({"--file": path}, reads=[Read("the findings", arguments.findings)] if arguments.findings else ())
    can_be_written(path)
    entry = AcceptedEntry(
        check=arguments.check or "",
        publisher=arguments.publisher or "",
        reason=arguments.reason,
        author=_author() if arguments.author is None else arguments.author,
        added=date.today().isoformat(),
        until=arguments.until,
    )
    entries = named_findings(arguments.fingerprints, arguments.findings, entry) if arguments.fingerprints else [entry]
    for one in entries:
        expect_entry(one, "accept")
    added, replaced = write_accepted(path, entries)
    print(f"{path}: {plural(added, 'entry', 'entries')} added" + (f", {replaced:,} replaced" if replaced else ""))
    if named is None:
        print(f'`copydesk check` reads it with --accepted {path}, or with accepted = "{path}" in copydesk.toml.')
    return 0


def _named_by_config() -> Path | None:
    config = find_config(Path.cwd())
    named = config.table.get("accepted") if config else None
    return Path(config.relative(named)) if config and isinstance(named, str) else None


def _author() -> str:
    """Return the user's name in git; empty where there is none."""
    try:
        import subprocess  # late: `copydesk --help` does without

        known = subprocess.run(["git", "config", "user.name"], capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return known.stdout.strip()


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"expected a day such as 2027-03-31, got {text!r}") from error
