"""Packs: folders with everything that is about one field of medicine."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from exporter.errors import InputError, UsageError, Where
from exporter.model.identifiers import Namespaces
from exporter.ontologies.index import Ontologies
from exporter.ontologies.installed import index_path
from exporter.ontologies.installed_index import InstalledIndex
from exporter.ontologies.slices import read_slice
from exporter.ontologies.sssom import read_mapping_set
from exporter.resources import data, plugged_folders

__all__ = [
    "Pack",
    "bundled_packs",
    "every_pack",
    "installed_packs",
    "load_pack",
    "ontologies_at_hand",
    "open_ontologies",
    "pack_files",
]

ENTRY_POINTS = "linked_case_exporter.packs"
CONTENT = (
    "slices",
    "mappings",
    "shapes",
    "queries",
    "measures.csv",
    "background.tsv",
    "relations.csv",
    "abbreviations.csv",
    "antibodies.csv",
    "families.csv",
    "complexes.csv",
    "slice.toml",
)
"""What a pack may hold; any one of it makes a folder a pack."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """A folder with slices, mappings, measures and background; ``queries`` may lie elsewhere."""

    name: str
    folder: Path
    queries: Path | None = None


def bundled_packs() -> tuple[Pack, ...]:
    """Return the packs that come with the exporter, by name."""
    folders = sorted(recipe.parent for recipe in data("ontology").glob("*/slice.toml"))
    queries = data("queries")
    return tuple(
        Pack(name=folder.name, folder=folder, queries=_folder(queries / folder.name))
        for folder in folders
    )


def installed_packs() -> tuple[Pack, ...]:
    """Return the packs of other distributions: entry points that name a folder."""
    return tuple(load_pack(folder, name=name) for name, folder in plugged_folders(ENTRY_POINTS))


def load_pack(folder: Path, name: str = "") -> Pack:
    """Return the pack in a folder; a folder that holds nothing of a pack is refused."""
    if not any((folder / part).exists() for part in CONTENT):
        raise InputError(
            "this is not a pack" if folder.is_dir() else "there is no such folder",
            code="E150",
            where=Where(file=str(folder)),
            hint=f"a pack is a folder with any of {', '.join(CONTENT)}",
        )
    own_name = name or folder.resolve().name
    return Pack(name=own_name, folder=folder, queries=_folder(folder / "queries"))


def every_pack(folders: Iterable[Path] = ()) -> tuple[Pack, ...]:
    """Return the bundled packs, the installed ones and those in the given folders."""
    return (*bundled_packs(), *installed_packs(), *(load_pack(folder) for folder in folders))


def _folder(path: Path) -> Path | None:
    return path if path.is_dir() else None


def open_ontologies(
    packs: Iterable[Pack], namespaces: Namespaces, installed: InstalledIndex | None = None
) -> Ontologies:
    """Read all slices and mapping sets of the packs; what a later pack holds wins."""
    packs = tuple(packs)
    return Ontologies(
        [read_slice(path, namespaces) for path in pack_files(packs, "slices/*.tsv")],
        [read_mapping_set(path, namespaces) for path in pack_files(packs, "mappings/*.sssom.tsv")],
        namespaces,
        installed,
    )


def ontologies_at_hand(
    packs: Iterable[Pack], namespaces: Namespaces, pins: Mapping[str, str] | None = None
) -> Ontologies:
    """Read the packs as ``open_ontologies`` does, and open the index if anything was fetched.

    ``pins`` are versions by name of ontology or mapping set, to be used instead of the newest in
    the index; one that neither the index nor a pack holds is refused.
    """
    path = index_path()
    installed = InstalledIndex(path, namespaces, pins) if path.exists() else None
    ontologies = open_ontologies(packs, namespaces, installed)
    known = {(each.name, each.version) for each in ontologies.slices}
    known |= {(each.name, each.version) for each in ontologies.mapping_sets}
    known |= {
        (h.release.name, h.release.version) for h in (installed.releases if installed else ())
    }
    for name, version in (pins or {}).items():
        if (name, version) not in known:
            raise _no_such_version(name, version, known)
    return ontologies


def _no_such_version(name: str, version: str, known: Iterable[tuple[str, str]]) -> UsageError:
    versions = sorted(other for each, other in known if each == name)
    names = sorted({each for each, _ in known})
    hint = f"versions of {name}: {', '.join(versions)}" if versions else f"use {', '.join(names)}"
    return UsageError(f"there is no {name} {version} here", code="E226", hint=hint)


def pack_files(packs: Iterable[Pack], pattern: str) -> list[Path]:
    """Return the files of packs whose path fits a pattern, pack by pack, sorted."""
    return [path for pack in packs for path in sorted(pack.folder.glob(pattern))]
