"""List what is doubtful for a curator to decide, and remember every decision."""

from pathlib import Path
from typing import Any

import click

from exporter.cli import _options


@click.command(epilog="What is decided is applied by export and lint; docs/review.md tells more.")
@click.argument("inputs", nargs=-1, metavar="[FILE|FOLDER|-…]")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="Write the review file here; decisions in it are kept (default: standard output, for "
    "decisions linked-case.review.tsv).",
)
@click.option("--accept", multiple=True, metavar="KEY", help="Take the proposal of a line.")
@click.option("--keep", multiple=True, metavar="KEY", help="The annotation is right as stated.")
@click.option("--reject", multiple=True, metavar="KEY", help="The annotation is wrong.")
@click.option("--replace", type=(str, str), multiple=True, metavar="KEY ID", help="It means ID.")
@click.option(
    "--narrow", type=(str, str), multiple=True, metavar="KEY ID", help="It means ID, narrower."
)
@click.option("--reason", default="", help="Say why.")
@click.option(
    "--curator",
    default="",
    envvar="LINKED_CASE_CURATOR",
    show_envvar=True,
    help="Say who decides: a name or an ORCID id.",
)
@click.option("--undo", is_flag=True, help="Take the last decision back; again for the one before.")
@click.option("--interactive", is_flag=True, help="Decide in the terminal, one key each.")
@click.option("--all", "everything", is_flag=True, help="List what nobody doubts, too.")
@_options.reading
@_options.review
@_options.no_review
@_options.packs
@_options.namespaces
def command(inputs: tuple[str, ...], **options: Any) -> None:
    """List what is doubtful in annotated papers as a table for a spreadsheet, or decide on it.

    A verdict is accept, keep, reject, replace-with ID or narrow-to ID.

    \b
    Examples:
      exporter review papers/ -o review.tsv
      exporter review --accept r6036d5d91722 --curator "A. Curator"
    """  # noqa: D301 - click takes the control character itself
    from exporter.cli._reviewing import Run, run

    run(Run(inputs=inputs, **options))
