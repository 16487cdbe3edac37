"""Find annotations that are wrong or doubtful, say why, and propose what to write instead."""

from typing import Any

import click

from exporter.cli import _options

_LEVELS = click.Choice(["error", "warning", "note"])


@click.command(
    epilog="Exits with 1 if anything at least as grave as --fail-on is found; docs/linter.md "
    "tells more."
)
@click.argument("inputs", nargs=-1, metavar="[FILE|FOLDER|-…]")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "sarif", "html"]),
    default="text",
    show_default=True,
    help="Write the report like this.",
)
@_options.output
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "note", "never"]),
    default="error",
    show_default=True,
    help="Say from which level on findings fail the run.",
)
@click.option(
    "--level", type=_LEVELS, default="note", show_default=True, help="Show this level and worse."
)
@click.option("--rule", "rules", multiple=True, metavar="CODE", help="Look for this only.")
@click.option("--no-rule", "no_rules", multiple=True, metavar="CODE", help="Leave this out.")
@click.option("--all", "everything", is_flag=True, help="With json: tell of every annotation.")
@click.option("--explain", metavar="CODE", help="Say what a rule means, with an example.")
@_options.reading
@_options.review
@_options.no_review
@_options.pins
@_options.packs
@_options.namespaces
def command(inputs: tuple[str, ...], **options: Any) -> None:
    """Check whether the ids of annotated papers and of cases are what their labels say.

    \b
    Examples:
      exporter lint corpus.pubtator --format json -o findings.jsonl
      exporter lint --explain autoantibody-target
    """  # noqa: D301 - click takes the control character itself
    from exporter.cli._linting import Run, run

    click.get_current_context().exit(run(Run(inputs=inputs, **options)))
