"""A group whose commands are the modules of a package; a module is imported only when it runs."""

import os
import pkgutil
import sys
from functools import cache
from importlib import import_module
from io import TextIOWrapper
from pathlib import Path
from typing import Any

import click

from exporter.cli._failures import FailuresShown
from exporter.cli._verbosity import add_verbosity_options


class CommandFolder(click.Group):
    """Offer each module of a package as a command, and show what goes wrong in it.

    The module ``foo_bar`` is the command ``foo-bar``: its constant ``command`` runs, the first
    line of its docstring is its short help. Modules with a leading underscore are not commands.
    """

    def __init__(self, *args: Any, package: str, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.package = package
        add_verbosity_options(self)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands, sorted, without importing one."""
        return [name.replace("_", "-") for name in self._modules()]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the one command that is asked for."""
        module = cmd_name.replace("-", "_")
        return _command(f"{self.package}.{module}") if module in self._modules() else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands with the first line of each module, read as text."""
        rows = [
            (name.replace("_", "-"), _first_line(source))
            for name, source in self._modules().items()
        ]
        if rows:
            with formatter.section("Commands"):
                formatter.write_dl(rows)

    def main(self, *args: Any, **settings: Any) -> Any:
        """Run the command line; what fails before a command runs (its help) is shown, too."""
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, TextIOWrapper):  # no letter is too foreign for any terminal
                stream.reconfigure(errors="backslashreplace")
        with FailuresShown(click.Context(self)):
            return super().main(*args, **settings)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; what it wrote to stdout has arrived when this returns."""
        if os.environ.get("NO_COLOR"):
            ctx.color = False
        with FailuresShown(ctx):
            result = super().invoke(ctx)
            if sys.stdout is not None:
                sys.stdout.flush()
            return result

    def _modules(self) -> dict[str, Path]:
        folders = import_module(self.package).__path__
        return {
            info.name: _source(folder, info)
            for folder in folders
            for info in pkgutil.iter_modules([folder])
            if not info.name.startswith("_")
        }


def _source(folder: str, info: pkgutil.ModuleInfo) -> Path:
    name = f"{info.name}/__init__.py" if info.ispkg else f"{info.name}.py"
    return Path(folder, name)


def _first_line(source: Path) -> str:
    with source.open(encoding="utf-8") as lines:
        sentence = lines.readline().partition('"""')[2]
    return sentence.strip().removesuffix('"""').rstrip(".")


@cache
def _command(module: str) -> click.Command:
    command: click.Command = import_module(module).command
    add_verbosity_options(command)
    return command
