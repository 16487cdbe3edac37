"""Show what the ontologies at hand hold, and cut slices from the full files."""

import json
from pathlib import Path
from typing import Any

import click

from exporter.cli import _options
from exporter.cli._printable import printable
from exporter.cli._verbosity import note


@click.group()
def command() -> None:
    """Show what the ontologies at hand hold, and cut slices from the full files.

    \b
    Examples:
      exporter ontology info "juvenile dermatomyositis"
      exporter ontology list --json
    """  # noqa: D301 - click takes the control character itself


@command.command("list")
@_options.packs
@_options.namespaces
@_options.pins
@_options.as_json
def list_(
    packs: tuple[Path, ...], namespaces: tuple[Path, ...], pins: dict[str, str], as_json: bool
) -> None:
    """List the bundled slices and what was fetched, with version, size and licence.

    Of each ontology and mapping set the current release, marked with *, is used.

    \b
    Examples:
      exporter ontology list
      exporter ontology list --pack my-pack --json
    """  # noqa: D301 - click takes the control character itself
    from exporter.cli._releases import release_line, release_values
    from exporter.model.identifiers import namespaces_with
    from exporter.ontologies.packs import every_pack, ontologies_at_hand

    ontologies = ontologies_at_hand(every_pack(packs), namespaces_with(namespaces), pins)
    rows = release_values(ontologies)
    if as_json:
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
        return
    for row in rows:
        click.echo(printable(release_line(row)))


@command.command("info")
@click.argument("texts", nargs=-1, required=True, metavar="ID...")
@_options.packs
@_options.namespaces
@_options.pins
@_options.as_json
def info(texts: tuple[str, ...], as_json: bool, **options: Any) -> None:
    """Show terms: names, all that is above them, replacements and mappings.

    ID is a CURIE, an IRI or a name. A name of several terms is refused with their ids.

    \b
    Examples:
      exporter ontology info MONDO:0008054
      exporter ontology info baricitinib "dermatomyositis" --json
    """  # noqa: D301 - click takes the control character itself
    from exporter.cli._described import term_lines, term_values
    from exporter.model.identifiers import namespaces_with
    from exporter.ontologies.lookup import known, looked_up
    from exporter.ontologies.packs import every_pack, ontologies_at_hand

    packs, namespaces = every_pack(options["packs"]), namespaces_with(options["namespaces"])
    ontologies = ontologies_at_hand(packs, namespaces, options["pins"])
    terms = [known(looked_up(text, ontologies), ontologies) for text in texts]
    if as_json:
        values = [term_values(term, ontologies) for term in terms]
        click.echo(json.dumps(values, indent=2, ensure_ascii=False))
        return
    for term in terms:
        for line in term_lines(term, ontologies):
            click.echo(printable(line))


@command.command("slice")
@click.option("--pack", "pack", help="Cut this pack: its name or its folder.")
@click.option(
    "--from",
    "source",
    required=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder with the full files.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    show_default="the pack itself",
    help="Write slices, mappings and SOURCES.md into this folder.",
)
@_options.namespaces
@click.option("--dry-run", is_flag=True, help="Show what would be written, write nothing.")
def slice_(
    pack: str | None,
    source: Path,
    output: Path | None,
    namespaces: tuple[Path, ...],
    dry_run: bool,
) -> None:
    """Cut the slices and mapping sets of a pack from the full files, as its recipe says.

    \b
    Examples:
      exporter ontology slice --from ../data --dry-run
      exporter ontology slice --pack my-pack --from ../data -o new
    """  # noqa: D301 - click takes the control character itself
    from exporter.cli._slicing import cut_pack, named_pack, write
    from exporter.model.identifiers import namespaces_with

    chosen = named_pack(pack)
    files = cut_pack(chosen, source, output, namespaces_with(namespaces))
    for path, content in files.items():
        click.echo(printable(f"{len(content):>8} bytes  {path.name}"))
    total = sum(map(len, files.values()))
    if dry_run:
        note(f"{total} bytes in {len(files)} files would be written")
        return
    write(files)
    note(f"{total} bytes in {len(files)} files written")


@command.command("fetch")
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option(
    "--from",
    "sources",
    multiple=True,
    metavar="FILE|FOLDER|URL",
    help="Take this instead of the published releases; may be given several times.",
)
@click.option(
    "--taxon",
    "taxa",
    multiple=True,
    type=click.IntRange(min=1),
    default=(9606,),
    show_default="9606, human",
    help="Take the genes of this taxon (NCBI Taxonomy); may be given several times.",
)
@_options.namespaces
@click.option(
    "--keep-going", is_flag=True, help="Leave out what cannot be had (exit 4) or read (exit 3)."
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0.1),
    default=60.0,
    show_default=True,
    help="Give up a server that is silent for so many seconds.",
)
@click.option("--max-bytes", type=click.IntRange(min=1), help="Download no file larger than this.")
@click.option("--dry-run", is_flag=True, help="Show what would be taken; download nothing.")
@_options.as_json
def fetch_(names: tuple[str, ...], sources: tuple[str, ...], **options: Any) -> None:
    """Bring full releases into the index in your data folder; the only command that downloads.

    NAME is an ontology or a group of mapping sets; without any, all in the list are fetched, or
    all that --from gives. Versions stand side by side, the newest is used. The data folder is
    LINKED_CASE_DATA, if that is set.

    \b
    Examples:
      exporter ontology fetch mondo hp
      exporter ontology fetch --from ../data --from my.obo
    """  # noqa: D301 - click takes the control character itself
    from exporter.cli._fetching import Call, fetch
    from exporter.ontologies.releases.downloading import Patience

    limit = {"most_bytes": options["max_bytes"]} if options["max_bytes"] else {}
    call = Call(
        names=names,
        sources=sources,
        taxa=tuple(dict.fromkeys(map(str, options["taxa"]))),
        namespaces=options["namespaces"],
        patience=Patience(seconds=options["timeout"], **limit),
        keep_going=options["keep_going"],
        dry_run=options["dry_run"],
        as_json=options["as_json"],
    )
    fetch(call)


@command.command("diff", epilog="Exits with 1 if there is what --fail-on names.")
@click.argument("old")
@click.argument("new")
@click.option(
    "--corpus",
    "inputs",
    multiple=True,
    metavar="FILE|FOLDER|-",
    help="Tell which annotations and cases in here are touched; may be given several times.",
)
@click.option(
    "--all", "everything", is_flag=True, help="With --corpus: show all other changes, too."
)
@click.option(
    "--fail-on",
    type=click.Choice(["touched", "changed", "never"]),
    default="never",
    show_default=True,
    help="Say what fails the run.",
)
@_options.output
@_options.as_json
@_options.reading
@_options.review
@_options.no_review
@_options.pins
@_options.packs
@_options.namespaces
def diff(old: str, new: str, **options: Any) -> None:
    """Tell what changed between two releases of an ontology, and what of your corpus that touches.

    OLD and NEW are releases at hand (NAME=VERSION, or NAME for the current one), or files or
    folders: OBO, OBO graph, OWL, or a slice. Nothing is downloaded.

    \b
    Examples:
      exporter ontology diff mondo=2025-10-07 mondo=2026-05-05 --corpus papers/ --corpus cases/
      exporter ontology diff hp-old.obo hp-new.obo --json
    """  # noqa: D301 - click takes the control character itself
    from exporter.cli._comparing import Run, run

    click.get_current_context().exit(run(Run(old=old, new=new, **options)))
