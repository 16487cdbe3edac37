"""Which review files a run applies: the named ones, else the usual one of the current folder."""

from collections.abc import Sequence
from pathlib import Path

from exporter.cli._verbosity import note
from exporter.errors import UsageError
from exporter.grounding.review import Verdicts, read_verdicts
from exporter.grounding.review_table import DEFAULT_NAME
from exporter.ontologies.index import Ontologies


def review_files(named: Sequence[Path], no_review: bool) -> tuple[Path, ...]:
    """Return the review files that count, and tell of the one that nobody named."""
    if no_review and named:
        raise UsageError(
            "--review names a file, and --no-review says that none is to be read",
            code="E250",
            hint="leave one of the two out",
        )
    if named or no_review:
        return tuple(named)
    usual = Path(DEFAULT_NAME)
    if not usual.is_file():
        return ()
    note(f"applied     {usual} of this folder (--no-review leaves it out)")
    return (usual,)


def applied_verdicts(
    named: Sequence[Path], no_review: bool, ontologies: Ontologies
) -> Verdicts | None:
    """Return the verdicts that a run applies; None where there is no review file."""
    files = review_files(named, no_review)
    return read_verdicts(files, ontologies) if files else None
