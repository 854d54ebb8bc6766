"""`copydesk list`: all checks, a line each."""

from __future__ import annotations

import argparse

__all__ = ["add_to", "run"]


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser], epilog: str) -> None:
    """Add the command's parser."""
    command = commands.add_parser(
        "list", help="list all checks and suites", description="List all checks and suites, a line each."
    )
    command.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print every check with its family, its default severity and what it expects."""
    from copydesk.checks import all_checks, documentation, suite_files

    checks = all_checks()
    width = max(len(name) for name in checks)
    for name, check in checks.items():
        print(f"{name:{width}}  {check.family:10}  {check.severity:8}  {documentation(check)['title']}")
    print(f"\nSuites: {', '.join(sorted(suite_files()))}. `copydesk explain CHECK` says more of a check.")
    return 0
