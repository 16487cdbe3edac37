"""Follow mappings between vocabularies."""

import json
from pathlib import Path

import click

from exporter.cli import _options
from exporter.cli._printable import printable
from exporter.cli._verbosity import note


@click.group()
def command() -> None:
    """Follow mappings between vocabularies.

    \b
    Examples:
      exporter map lookup MESH:D003882
      exporter map lookup baricitinib --json
    """  # noqa: D301 - click takes the control character itself


@command.command("lookup")
@click.argument("texts", nargs=-1, required=True, metavar="ID...")
@_options.packs
@_options.namespaces
@_options.as_json
@click.pass_context
def lookup(
    context: click.Context,
    texts: tuple[str, ...],
    packs: tuple[Path, ...],
    namespaces: tuple[Path, ...],
    as_json: bool,
) -> None:
    """Show what ids are mapped to, in either direction, on what grounds and by which set.

    ID is a CURIE, an IRI or a name. The exit status is 1 where an id has no mapping.

    \b
    Examples:
      exporter map lookup MESH:D003882
      exporter map lookup "PubChem CID:44205240" MESH:C000596027 --json
    """  # noqa: D301 - click takes the control character itself
    from exporter.cli._described import mapping_lines, mapping_values
    from exporter.model.identifiers import namespaces_with
    from exporter.ontologies.lookup import looked_up
    from exporter.ontologies.packs import every_pack, ontologies_at_hand

    ontologies = ontologies_at_hand(every_pack(packs), namespaces_with(namespaces))
    found = {
        entity: ontologies.mappings_from(entity)
        for entity in (looked_up(text, ontologies) for text in texts)
    }
    if as_json:
        values = [mapping_values(row) for rows in found.values() for row in rows]
        click.echo(json.dumps(values, indent=2, ensure_ascii=False))
    else:
        for rows in found.values():
            for line in mapping_lines(rows, ontologies):
                click.echo(printable(line))
    without = [entity.curie for entity, rows in found.items() if not rows]
    if without:
        note(f"no mapping of {', '.join(without)}")
        context.exit(1)
