"""Where the cut slices of a pack go."""

from pathlib import Path

from exporter.cli._verbosity import note
from exporter.errors import OutputError, UsageError, Where
from exporter.model.identifiers import Namespaces
from exporter.ontologies.packs import Pack, bundled_packs, installed_packs, load_pack
from exporter.ontologies.recipe import Folders, read_recipe
from exporter.ontologies.slicing import cut
from exporter.ontologies.sources import SOURCES, slice_files, sources_page
from exporter.resources import data
from exporter.writers.files import write_many


def named_pack(name: str | None) -> Pack:
    """Return the pack of a name or in a folder; without either the only bundled one."""
    packs = {pack.name: pack for pack in (*bundled_packs(), *installed_packs())}
    if name is not None:
        return packs[name] if name in packs else load_pack(Path(name))
    bundled = bundled_packs()
    if len(bundled) == 1:
        return bundled[0]
    raise UsageError(
        "there is more than one pack" if bundled else "there is no bundled pack",
        code="E223",
        hint=f"choose one with --pack: {', '.join(packs)}" if packs else "name one with --pack",
    )


def cut_pack(
    pack: Pack, source: Path, output: Path | None, namespaces: Namespaces
) -> dict[Path, bytes]:
    """Return the files of a cut; the page about sources of a bundled pack lies beside the pack."""
    recipe = read_recipe(pack.folder, namespaces)
    folders = Folders(pack=pack.folder, data=source)
    done = cut(recipe, folders, namespaces)
    folder = output or pack.folder
    bundled = output is None and pack.folder.parent == data("ontology")
    files = {folder / name: text for name, text in slice_files(done, namespaces).items()}
    page = (folder.parent if bundled else folder) / SOURCES
    return {**files, page: sources_page(pack.name, recipe, done, folders)}


def write(files: dict[Path, bytes]) -> None:
    """Write the files; slices of the same folders that the recipe no longer makes are named."""
    for folder in sorted({path.parent for path in files}):
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as refusal:
            raise OutputError(
                f"the folder cannot be made: {(refusal.strerror or '').lower()}",
                code="E303",
                where=Where(file=str(folder)),
                hint="write to a folder in which you may make files",
            ) from None
        for other in sorted(folder.glob("*.tsv")):
            if other not in files and folder.name in {"slices", "mappings"}:
                note(f"left as it is, for the recipe does not make it: {other}")
    write_many({path: [content] for path, content in files.items()})
