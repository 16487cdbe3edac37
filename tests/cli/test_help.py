"""Every help shows how the command is called, and nothing that is meant for the formatter."""

from collections.abc import Callable, Iterator

import click
import pytest
from click.testing import Result

from exporter.cli import main


def commands(command: click.Command, *path: str) -> Iterator[tuple[str, ...]]:
    yield path
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            assert below is not None
            yield from commands(below, *path, name)


PATHS = sorted(commands(main))


def test_all_levels_of_commands_are_walked() -> None:
    assert {(), ("case", "new"), ("demo",), ("ontology", "slice")} <= set(PATHS)


@pytest.mark.parametrize("path", PATHS, ids=" ".join)
def test_help_has_two_examples_each_on_a_line_of_its_own(
    path: tuple[str, ...], run: Callable[..., Result]
) -> None:
    shown = run(*path, "--help").stdout
    assert "\\b" not in shown
    assert "\b" not in shown
    (_, _, examples) = shown.partition("  Examples:\n")
    lines = examples.split("\n\n")[0].splitlines()
    assert len(lines) == 2, shown
    assert all(line.startswith("    exporter ") for line in lines)


@pytest.mark.parametrize("path", PATHS, ids=" ".join)
def test_examples_are_of_the_command_and_name_options_that_it_has(
    path: tuple[str, ...], run: Callable[..., Result]
) -> None:
    shown = run(*path, "--help").stdout
    (_, _, examples) = shown.partition("  Examples:\n")
    calls = [
        step.split()
        for line in examples.split("\n\n")[0].splitlines()
        for step in line.split(" | ")
    ]
    assert any(call[1 : 1 + len(path)] == list(path) for call in calls)
    for call in calls:
        named = next(p for p in sorted(PATHS, key=len, reverse=True) if call[1:][: len(p)] == [*p])
        options = run(*named, "--help").stdout
        assert [word for word in call if word.startswith("-") and word not in options] in (
            [],
            ["-"],
        )
