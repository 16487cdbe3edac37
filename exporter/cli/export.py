"""Turn papers and case files into checked RDF."""

from pathlib import Path
from typing import Any

import click

from exporter.cli import _options

_EXAMPLES = """\b
Examples:
  exporter export paper.md -t turtle
  exporter export papers/ cases/ -o corpus.trig
"""


@click.command(epilog=_EXAMPLES)
@click.argument("inputs", nargs=-1, required=True, metavar="FILE|FOLDER|-…")
@_options.output
@click.option("-t", "--to", "form", help="Write turtle, trig, nquads, ntriples or jsonld.")
@_options.reading
@click.option("--base", help="Mint IRIs of your own below this one; restricted cases need it.")
@click.option(
    "--text",
    "text_mode",
    type=click.Choice(["full", "quotes", "none"]),
    default="full",
    show_default=True,
    help="Write texts in full where their licence allows, quotes only, or neither of the two "
    "(titles, labels and what a curator wrote stay).",
)
@click.option(
    "--ontologies/--no-ontologies",
    default=None,
    help="Write ontologies, mappings and background too; of what was fetched the part that is "
    "used (default: with graphs). Rows of mappings that decided are always written.",
)
@click.option("--no-validate", is_flag=True, help="Write without checking.")
@click.option("--dry-run", is_flag=True, help="Read, check and tell, but write nothing.")
@_options.as_json
@_options.review
@_options.no_review
@_options.packs
@_options.namespaces
@_options.pins
def command(inputs: tuple[str, ...], output: Path, **options: Any) -> None:
    """Turn papers and case files into checked RDF."""
    from exporter.cli._exporting import Run, run

    run(Run(inputs=inputs, output=output, **options))
