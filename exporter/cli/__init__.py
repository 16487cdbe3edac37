"""The command ``exporter``; each module here without a leading underscore is one of its verbs."""

import click

from exporter import __version__
from exporter.cli._failures import EXIT_STATUSES
from exporter.cli._folder import CommandFolder


@click.group(
    cls=CommandFolder,
    package=__name__,
    name="exporter",
    epilog=EXIT_STATUSES,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="exporter", message="%(prog)s %(version)s")
def main() -> None:
    """Turn papers and case reports about disease into validated, explainable linked data.

    \b
    Examples:
      exporter demo
      exporter export papers/ cases/ -o corpus.trig
    """  # noqa: D301 - click takes the control character itself
