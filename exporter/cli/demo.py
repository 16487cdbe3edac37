"""Show the whole way on the bundled examples: read, doubt, write, check."""

from pathlib import Path

import click


@click.command
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Also write all of it here.")
def command(output: Path | None) -> None:
    """Show the whole way on the bundled examples: read, doubt, write, check.

    \b
    Examples:
      exporter demo
      exporter demo -o examples.trig
    """  # noqa: D301 - click takes the control character itself
    from exporter.cli._demonstrating import demonstrate

    demonstrate(output)
