"""Options that several commands share, each written once."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

Decorated = Callable[..., Any]
_FOLDER = click.Path(path_type=Path)

packs = click.option(
    "--pack", "packs", multiple=True, type=_FOLDER, help="Add a pack: a folder with its data."
)
namespaces = click.option(
    "--namespaces",
    "namespaces",
    multiple=True,
    type=_FOLDER,
    help="Add private namespaces: a table as ontology/namespaces.csv.",
)


def _pins(
    _context: click.Context, _option: click.Parameter, values: tuple[str, ...]
) -> dict[str, str]:
    pins: dict[str, str] = {}
    for value in values:
        name, equals, version = value.partition("=")
        if not (name and equals and version):
            raise click.BadParameter(f"{value!r} is not NAME=VERSION, as in mondo=2026-05-05")
        if pins.setdefault(name, version) != version:
            raise click.BadParameter(f"two versions of {name} are asked for")
    return pins


pins = click.option(
    "--ontology",
    "pins",
    multiple=True,
    metavar="NAME=VERSION",
    callback=_pins,
    help="Use this version of an ontology or mapping set instead of the newest one.",
)
output = click.option(
    "-o", "--output", default="-", show_default="standard output", type=_FOLDER, help="Write here."
)
as_json = click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")


review = click.option(
    "--review",
    "reviews",
    multiple=True,
    type=_FOLDER,
    help="Apply what curators decided in this file (default: linked-case.review.tsv, if present).",
)
no_review = click.option("--no-review", is_flag=True, help="Apply no decision of a curator.")


def reading(command: Decorated) -> Decorated:
    """Add the options that say how inputs are read."""
    for option in reversed(_READING):
        command = option(command)
    return command


_READING = (
    click.option("-f", "--from", "wanted", help="Take the inputs to be in this format."),
    click.option("--id", "document_id", help="Name the paper that comes from standard input."),
    click.option(
        "--text-kind",
        type=click.Choice(["verbatim", "restatement", "machine-summary"]),
        help="Say whose words the texts hold.",
    ),
    click.option("--licence", help="Say under which licence the texts are (CC-BY-4.0, own, …)."),
    click.option("--max-bytes", type=click.IntRange(min=1), help="Allow inputs up to this size."),
    click.option(
        "--keep-going", is_flag=True, help="Leave broken records out, write the rest, exit 3."
    ),
)
