"""Write, check and describe case files."""

from pathlib import Path
from typing import Any

import click

from exporter.cli import _options

_PATH = click.Path(path_type=Path)


@click.group(no_args_is_help=True)
def command() -> None:
    """Write, check and describe case files.

    \b
    Examples:
      exporter case new --id miller-2021-p1 -o miller-2021-p1.yaml
      exporter case check miller-2021-p1.yaml --documents papers/
    """  # noqa: D301 - click takes the control character itself


@command.command()
@click.option("--id", "case_id", help="Name the case (default: the name of the output file).")
@click.option(
    "--unit",
    type=click.Choice(["individual", "group"]),
    default="individual",
    show_default=True,
    help="Say whether it is about one patient or a group.",
)
@_options.output
def new(case_id: str | None, unit: str, output: Path) -> None:
    """Write a case file to fill in; a file that is there is never replaced.

    \b
    Examples:
      exporter case new -o miller-2021-p1.yaml
      exporter case new --id miller-2021-g1 --unit group -o miller-2021-g1.yaml
    """  # noqa: D301 - click takes the control character itself
    from exporter.cli._cases import write_template

    write_template(case_id, unit, output)


@command.command(epilog="Exits with 1 if a case would be left out of an export.")
@click.argument("inputs", nargs=-1, required=True, metavar="FILE|FOLDER|-…")
@click.option(
    "--documents",
    multiple=True,
    type=_PATH,
    metavar="FILE|FOLDER",
    help="Look the quotes up in these texts.",
)
@_options.as_json
@_options.packs
@_options.namespaces
def check(inputs: tuple[str, ...], **options: Any) -> None:
    """Tell what is wrong or doubtful in case files, with line, field and hint.

    \b
    Examples:
      exporter case check miller-2021-p1.yaml --documents papers/
      exporter case check cases/ --json
    """  # noqa: D301 - click takes the control character itself
    from exporter.cli._cases import Check, check_cases

    click.get_current_context().exit(check_cases(Check(inputs=inputs, **options)))


@command.command()
@_options.output
def schema(output: Path) -> None:
    """Write the JSON Schema of case files, for editors.

    \b
    Examples:
      exporter case schema
      exporter case schema -o linked-case.schema.json
    """  # noqa: D301 - click takes the control character itself
    from exporter.cli._cases import write_schema

    write_schema(output)
