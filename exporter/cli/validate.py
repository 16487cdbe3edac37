"""Check RDF against the shapes: what breaks a rule, where, and what to do."""

import math
from pathlib import Path
from typing import Any

import click

from exporter.cli import _options

_PATH = click.Path(path_type=Path)


def _seconds(_context: click.Context, _parameter: click.Parameter, value: float) -> float:
    if math.isnan(value):  # no range is passed by it, so none refuses it
        raise click.BadParameter("nan is no number of seconds.")
    return value


@click.command(epilog="Exits with 1 if anything at least as grave as --fail-on is found.")
@click.argument("files", nargs=-1, type=_PATH, metavar="FILE|-…")
@click.option(
    "--shapes", "private", multiple=True, type=_PATH, help="Add shapes: a Turtle file or a folder."
)
@click.option("--only-shapes", is_flag=True, help="Leave the bundled shapes out.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["human", "json", "turtle", "sarif"]),
    default="human",
    show_default=True,
    help="Write the report like this.",
)
@click.option(
    "--fail-on",
    type=click.Choice(["violation", "warning", "info"]),
    default="violation",
    show_default=True,
    help="Say from which severity on the data fails.",
)
@click.option("--max-results", type=click.IntRange(min=0), help="Show at most so many results.")
@click.option("-f", "--from", "wanted", help="Take the files to be in this RDF format.")
@click.option("--base", help="Take relative IRIs of the files to be below this one.")
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True, max=86_400),
    callback=_seconds,
    default=30.0,
    show_default=True,
    help="Give each file of your own shapes so many seconds.",
)
@click.option("--list", "listed", is_flag=True, help="List the shapes and check nothing.")
@_options.output
@_options.namespaces
def command(files: tuple[Path, ...], **options: Any) -> None:
    """Check RDF files of any format, all together, against the shapes.

    \b
    Examples:
      exporter validate corpus.trig
      exporter export paper.md | exporter validate - --shapes rules/ --format sarif
    """  # noqa: D301 - click takes the control character itself
    from exporter.cli._validating import Run, run

    click.get_current_context().exit(run(Run(files=files, **options)))
