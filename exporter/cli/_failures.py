"""How a failure looks to the user: an expected one as two lines, a bug with its traceback."""

import errno
import os
import sys
import traceback
from types import TracebackType
from typing import NoReturn

import click

from exporter.cli._printable import message
from exporter.cli._verbosity import debugging
from exporter.errors import ExporterError

EXIT_STATUSES = """\b
Exit status:
    0  done, and the data conforms
    1  ran, but the data breaks a rule
    2  called in a way that cannot work
    3  an input could not be read or an output not written
    4  a remote service failed
    5  a limit of time or size was reached
    6  an optional part is missing
   70  a bug in exporter
  130  interrupted
  141  the reader of the output went away
"""
# What the system says of a path that a user gave, whichever module meets it first.
_OF_A_PATH = {
    errno.EACCES,
    errno.EIO,
    errno.EISDIR,
    errno.ELOOP,
    errno.ENAMETOOLONG,
    errno.ENOTDIR,
    errno.EPERM,
}
_BUG, _INTERRUPTED, _READER_GONE, _REFUSED = 70, 130, 141, 3


class FailuresShown:
    """Show whatever ends the command inside this context once, and exit with its status."""

    def __init__(self, context: click.Context) -> None:
        self._context = context

    def __enter__(self) -> None:
        """Begin; nothing is shown while nothing fails."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        failure: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Turn a failure into lines on stderr and an exit status; click shows its own."""
        match failure:
            case (
                None
                | SystemExit()
                | click.ClickException()
                | click.Abort()
                | click.exceptions.Exit()
            ):
                return
            case ExporterError():
                self._expected(failure, str(failure), failure.hint, failure.exit_status)
            case BrokenPipeError():
                _reader_gone()
            case OSError(errno=errno.ENOSPC):
                problem = "E304 the output could not be written: no space left on the device"
                self._expected(failure, problem, "free some space and try again", _REFUSED)
            case OSError(filename=str() as path) if failure.errno in _OF_A_PATH:
                problem = f"{path}: E103 cannot be used: {str(failure.strerror).lower()}"
                self._expected(failure, problem, "give another path", _REFUSED)
            case KeyboardInterrupt():
                raise SystemExit(_INTERRUPTED)
            case _:
                _bug(failure)

    def _expected(self, failure: BaseException, problem: str, hint: str, status: int) -> NoReturn:
        if debugging(self._context):
            _show_traceback(failure)
        _show("error: ", "red", problem)
        if hint:
            _show("hint:  ", "yellow", hint)
        raise SystemExit(status)


def _show(label: str, colour: str, text: str) -> None:
    click.echo(click.style(label, fg=colour, bold=True) + message(text), err=True)


def _show_traceback(failure: BaseException) -> None:
    click.echo("".join(traceback.format_exception(failure)), err=True, nl=False)


def _bug(failure: BaseException) -> NoReturn:
    _show_traceback(failure)
    click.echo("This is a bug in exporter: please report it with the lines above.", err=True)
    raise SystemExit(_BUG)


def _reader_gone() -> NoReturn:
    """Leave in silence; without this Python would complain when it flushes stdout at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    raise SystemExit(_READER_GONE)
