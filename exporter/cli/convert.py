"""Convert RDF from one format to another, read strictly."""

from pathlib import Path
from typing import Any

import click

from exporter.cli import _options


@click.command(epilog="The same input gives the same bytes: statements are sorted, each once.")
@click.argument("source", type=click.Path(path_type=Path), metavar="FILE|-")
@_options.output
@click.option("-f", "--from", "wanted", help="Take the input to be in this RDF format.")
@click.option("-t", "--to", "form", help="Write turtle, trig, nquads, ntriples or jsonld.")
@click.option("--base", help="Take relative IRIs of the input to be below this one.")
def command(source: Path, **options: Any) -> None:
    """Convert an RDF file to another format; a mistake in it is shown with its place.

    \b
    Examples:
      exporter convert corpus.trig -o corpus.jsonld
      exporter export paper.md | exporter convert - -t ntriples
    """  # noqa: D301 - click takes the control character itself
    from exporter.cli._converting import Run, run

    run(Run(source=source, **options))
