"""Find what comes from outside the code: our data folders, and parts of other distributions."""

from collections.abc import Iterator
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import Literal, TypeVar

from exporter.errors import MissingPartError, Where

Kind = Literal["ontology", "shapes", "queries", "examples", "templates"]
_PACKAGE = Path(__file__).resolve().parent
_Part = TypeVar("_Part")


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


def plugged(group: str, kind: type[_Part]) -> Iterator[_Part]:
    """Yield what the entry points of a group lead to, by their names.

    One that cannot be loaded, or that leads to another kind of object, is refused with its own
    name and that of its distribution.
    """
    for point, part in _loaded(group):
        if not isinstance(part, kind):
            raise _broken(point, f"leads to {part!r:.80} instead of a {kind.__name__} ({group})")
        yield part


def plugged_folders(group: str) -> Iterator[tuple[str, Path]]:
    """Yield name and folder of the entry points of a group; what is no folder is refused."""
    for point, place in _loaded(group):
        if not (isinstance(place, str | Path) and Path(place).is_dir()):
            raise _broken(point, f"leads to {place!r:.80} instead of a folder ({group})")
        yield point.name, Path(place)


def _loaded(group: str) -> Iterator[tuple[EntryPoint, object]]:
    for point in sorted(entry_points(group=group), key=lambda point: (point.name, point.value)):
        try:
            part: object = point.load()
        except Exception as problem:  # whatever a stranger's module raises while it is imported
            text = f"cannot be loaded: {type(problem).__name__}: {problem}"
            raise _broken(point, text) from problem
        yield point, part


def _broken(point: EntryPoint, problem: str) -> MissingPartError:
    owner = point.dist.name if point.dist else "an unknown distribution"
    return MissingPartError(
        problem,
        code="E602",
        where=Where(document=owner, field=f"entry point {point.name} = {point.value}"),
        hint=f"install another version of {owner}, or uninstall it",
    )
