"""What holds for every command, shown on commands that this file writes into a folder."""

import importlib
import runpy
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from exporter import __version__
from exporter.cli import main
from exporter.cli._folder import CommandFolder
from exporter.resources import data

HEAVY = ("rdflib", "pyshacl", "pyoxigraph", "pydantic", "yaml", "owlready2", "importlib.metadata")
MODULES = {
    "_private": '"""Not a command."""\n',
    "break_off": '"""Fail as a bug does."""\nimport click\n'
    "@click.command()\ndef command():\n    {}['missing']\n",
    "broken_module": '"""Cannot be imported at all."""\nimport no_such_module_anywhere\n',
    "refuse": '"""Fail as expected."""\nimport click\n'
    "from exporter.errors import LimitError, Where\n"
    "@click.command()\ndef command():\n"
    "    place = Where(file='a.yaml', line=3, column=7)\n"
    "    raise LimitError('too \\x1b[31mlong\\nby far', where=place, hint='cut it')\n",
    "interrupt": '"""Be stopped by Ctrl-C."""\nimport click\n'
    "@click.command()\ndef command():\n    raise KeyboardInterrupt\n",
    "talk": '"""Say things, in more than one line.\n\nAs long as it may be.\n"""\nimport click\n'
    "from exporter.cli._verbosity import detail, note\n"
    "@click.command()\n@click.option('-v', '--value', default='none')\n@click.pass_context\n"
    "def command(context, value):\n"
    "    click.echo(f'data {value}')\n    note('noted')\n    detail('told in detail')\n"
    "    context.exit(1)\n",
    "pour": '"""Write without end."""\nimport click\n'
    "@click.command()\ndef command():\n    while True:\n        click.echo('x' * 1000)\n",
    "noun": '"""A group of verbs."""\nimport click\n'
    "from exporter.cli._verbosity import detail, note\n"
    "@click.group()\ndef command():\n    pass\n"
    "@command.command()\ndef verb():\n    note('noted')\n    detail('told in detail')\n",
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[CommandFolder]:
    package = "some_commands"
    (tmp_path / package).mkdir()
    (tmp_path / package / "__init__.py").touch()
    for name, source in MODULES.items():
        (tmp_path / package / f"{name}.py").write_text(source, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    importlib.invalidate_caches()
    before = set(sys.modules)
    yield CommandFolder(name="some", package=package)
    for module in set(sys.modules) - before:
        if module.startswith(package):
            del sys.modules[module]


@pytest.fixture
def call(folder: CommandFolder) -> Callable[..., Result]:
    return lambda *arguments: CliRunner().invoke(folder, list(arguments), prog_name="some")


def python(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, *arguments], capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_nothing_heavy_is_loaded_to_answer(option: str) -> None:
    code = f"import sys; sys.argv[1:] = [{option!r}]; from exporter.cli import main; "
    watch = f"import atexit; atexit.register(lambda: print(*(set(sys.modules) & set({HEAVY!r}))))\n"
    answer = python("-c", f"import sys; {watch}{code}main()")
    assert answer.returncode == 0, answer.stderr
    assert "exporter" in answer.stdout
    assert answer.stdout.splitlines()[-1] == ""


def test_help_knows_every_command_without_importing_one(call: Callable[..., Result]) -> None:
    shown = call("--help").stdout
    assert "broken-module  Cannot be imported at all" in shown
    assert "talk           Say things, in more than one line" in shown
    assert "private" not in shown
    assert not {name for name in sys.modules if name.startswith("some_commands.")}


def test_help_gives_the_exit_statuses() -> None:
    shown = CliRunner().invoke(main, ["--help"]).stdout
    assert "  3  an input could not be read or an output not written\n" in shown
    assert "  70  a bug in exporter\n" in shown


def test_every_command_has_the_help_its_module_promises() -> None:
    context = click.Context(main)
    names = main.list_commands(context)
    for name in names:
        command = main.get_command(context, name)
        assert command is not None
        assert command.help, f"exporter {name} --help says nothing"
        module = sys.modules[f"exporter.cli.{name.replace('-', '_')}"]
        assert (module.__doc__ or "").partition("\n")[0].strip(), name


def test_an_unknown_command_is_a_usage_error(call: Callable[..., Result]) -> None:
    result = call("refus")
    assert result.exit_code == 2
    assert "refus" in result.stderr


def test_an_expected_error_is_two_lines_and_its_status(call: Callable[..., Result]) -> None:
    result = call("refuse")
    assert result.exit_code == 5
    assert result.stdout == ""
    assert result.stderr.splitlines() == [
        r"error: a.yaml:3:7: E500 too \x1b[31mlong\nby far",
        "hint:  cut it",
    ]


@pytest.mark.parametrize("arguments", [("--debug", "refuse"), ("refuse", "--debug")])
def test_debug_shows_the_traceback_too(
    call: Callable[..., Result], arguments: tuple[str, ...]
) -> None:
    result = call(*arguments)
    assert result.exit_code == 5
    assert result.stderr.startswith("Traceback")
    assert result.stderr.splitlines()[-1] == "hint:  cut it"


def test_a_bug_keeps_its_traceback_and_asks_for_a_report(call: Callable[..., Result]) -> None:
    result = call("break-off")
    assert result.exit_code == 70
    assert "KeyError: 'missing'" in result.stderr
    assert "please report" in result.stderr.splitlines()[-1]


def test_an_interruption_is_quiet(call: Callable[..., Result]) -> None:
    result = call("interrupt")
    assert (result.exit_code, result.output) == (130, "")


def test_the_status_a_command_chooses_is_kept(call: Callable[..., Result]) -> None:
    assert call("talk").exit_code == 1


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["noun", "verb"], ["noted"]),
        (["noun", "verb", "-q"], []),
        (["-q", "noun", "verb"], []),
        (["noun", "verb", "-v"], ["noted", "told in detail"]),
        (["noun", "--verbose", "verb"], ["noted", "told in detail"]),
        (["-q", "noun", "verb", "-v"], ["noted", "told in detail"]),
        (["talk", "-v", "3", "--verbose"], ["noted", "told in detail"]),
        (["talk", "-v", "3"], ["noted"]),
    ],
)
def test_the_last_word_on_verbosity_counts_wherever_it_stands(
    call: Callable[..., Result], arguments: list[str], told: list[str]
) -> None:
    assert call(*arguments).stderr.splitlines() == told


def test_the_data_of_a_command_is_all_that_stdout_gets(call: Callable[..., Result]) -> None:
    assert call("talk", "-v", "3", "--verbose").stdout == "data 3\n"


def test_colour_is_off_for_those_who_say_so(folder: CommandFolder) -> None:
    def shown(environment: dict[str, str | None]) -> str:
        runner = CliRunner(env=environment)
        return runner.invoke(folder, ["refuse"], color=True).stderr

    assert shown({"NO_COLOR": None}).startswith("\x1b[31m\x1b[1merror: \x1b[0m")
    assert shown({"NO_COLOR": "1"}).startswith("error: ")


@pytest.mark.usefixtures("folder")
def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    code = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r}); sys.argv[1:] = ['pour']\n"
        "from exporter.cli._folder import CommandFolder\n"
        "CommandFolder(name='some', package='some_commands')()\n"
    )
    with subprocess.Popen(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.read(10) == b"x" * 10
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 141


def test_a_full_disk_behind_stdout_is_an_expected_error() -> None:
    code = (
        "import click; from exporter.cli._failures import FailuresShown\n"
        "with FailuresShown(click.Context(click.Command('some'))):\n"
        "    click.echo('x' * 100_000)\n"
    )
    with Path("/dev/full").open("wb") as full:
        result = subprocess.run(  # noqa: S603 - our own interpreter
            [sys.executable, "-c", code], stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert result.returncode == 3
    assert b"E304 the output could not be written: no space left on the device" in result.stderr
    assert b"Traceback" not in result.stderr


def test_the_package_itself_is_the_same_command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["exporter", "--version"])
    with pytest.raises(SystemExit) as ended:
        runpy.run_module("exporter", run_name="__main__")
    assert ended.value.code == 0
    assert capsys.readouterr().out == f"exporter {__version__}\n"


def test_the_run_fixture_gives_bytes_and_text(run: Callable[..., Result]) -> None:
    result = run("--version")
    assert result.exit_code == 0
    assert result.stdout_bytes.startswith(b"exporter ")
    assert result.stderr_bytes == b""


def test_the_examples_are_found(examples: Path) -> None:
    assert examples == data("examples")
    assert examples.is_dir()
