"""How much is told on stderr: ``-q``, ``-v`` and ``--debug``, before or after a command's name."""

from typing import Any

import click

from exporter.cli._printable import message

_LEVEL = "exporter.level"
_DEBUG = "exporter.debug"
_OPTIONS = {
    ("-q", "--quiet"): "Tell nothing but errors.",
    ("-v", "--verbose"): "Tell more about what is done.",
    ("--debug",): "Show the traceback of every error.",
}


def problem(text: str) -> None:
    """Tell the user on stderr of what is wrong, even with ``--quiet``."""
    click.echo(message(text), err=True)


def note(text: str) -> None:
    """Tell the user something on stderr, unless ``--quiet``."""
    if _setting(_LEVEL) != "quiet":
        click.echo(message(text), err=True)


def detail(text: str) -> None:
    """Tell the user something on stderr that only ``--verbose`` asks for."""
    if _setting(_LEVEL) == "verbose":
        click.echo(message(text), err=True)


def debugging(context: click.Context) -> bool:
    """Tell whether expected errors, too, are to show their traceback."""
    return bool(context.meta.get(_DEBUG))


def add_verbosity_options(command: click.Command) -> None:
    """Let a command and the commands below it take the options; its own names come first."""
    taken = {name for parameter in command.params for name in parameter.opts}
    for names, sense in _OPTIONS.items():
        free = [name for name in names if name not in taken]
        if free:
            command.params.append(_flag(free, sense))
    for below in getattr(command, "commands", {}).values():
        add_verbosity_options(below)


def _flag(names: list[str], sense: str) -> click.Option:
    return click.Option(
        names, is_flag=True, expose_value=False, is_eager=True, callback=_remember, help=sense
    )


def _remember(context: click.Context, parameter: click.Parameter, value: bool) -> None:
    if not value:
        return
    if parameter.name == "debug":
        context.meta[_DEBUG] = True
    else:
        context.meta[_LEVEL] = parameter.name


def _setting(key: str) -> Any:
    context = click.get_current_context(silent=True)
    return context.meta.get(key) if context else None
