"""Find the data folders (ontology, shapes, queries, examples) in the wheel or the checkout."""

from pathlib import Path
from typing import Literal

from exporter.errors import MissingPartError

Kind = Literal["ontology", "shapes", "queries", "examples"]
_PACKAGE = Path(__file__).resolve().parent


def data(kind: Kind) -> Path:
    """Return the folder that holds one kind of data, never relative to the current folder.

    An installed wheel carries the folders under ``exporter/_data``; a checkout has them
    beside the package. In an editable install the live folders of the checkout win.
    """
    for folder in (_PACKAGE.parent / kind, _PACKAGE / "_data" / kind):
        if folder.is_dir() and _belongs_to_us(folder):
            return folder
    raise MissingPartError(
        f"the data folder {kind!r} is missing",
        code="E601",
        hint="install the package again; its wheel carries this folder",
    )


def _belongs_to_us(folder: Path) -> bool:
    """Tell our folders from a stranger's of the same name in site-packages."""
    inside_package = folder.parent.name == "_data"
    return inside_package or (folder.parent / "pyproject.toml").is_file()
