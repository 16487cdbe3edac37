"""The files that a cut becomes: slices, mapping sets, and the page about where all came from."""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from exporter.model.identifiers import EntityId, Namespaces
from exporter.ontologies.recipe import Folders, MappingRecipe, Recipe, SliceRecipe
from exporter.ontologies.slices import slice_text
from exporter.ontologies.slicing import Cut, CutMappings, CutSlice
from exporter.ontologies.sssom import mapping_set_text

SOURCES = "SOURCES.md"


def slice_files(cut: Cut, namespaces: Namespaces) -> dict[str, bytes]:
    """Return the slices and mapping sets by their path in the pack; empty ones are left out."""
    files = {}
    for each in cut.slices:
        about = {
            "ontology": each.recipe.name,
            "version": each.recipe.version,
            "licence": each.recipe.licence,
            "source": each.recipe.origin,
        }
        if each.terms:
            files[_slice_path(each)] = slice_text(about, each.terms).encode()
    for cut_mappings in cut.mappings:
        if cut_mappings.rows:
            text = mapping_set_text(cut_mappings.kept, namespaces)
            files[_mapping_path(cut_mappings.recipe)] = text.encode()
    return files


def _slice_path(each: CutSlice) -> str:
    return f"slices/{each.recipe.name}.tsv"


def _mapping_path(recipe: MappingRecipe) -> str:
    return f"mappings/{recipe.name}.sssom.tsv"


def sources_page(name: str, recipe: Recipe, cut: Cut, folders: Folders) -> bytes:
    """Return the page that names source, release, licence and checksum of every slice."""
    sections = [
        _opening(name),
        *(_slice_section(each) for each in cut.slices),
        _mapping_section(cut.mappings),
        _files_section(recipe, folders),
    ]
    return "\n".join(line for section in sections for line in section).encode()


def _opening(name: str) -> list[str]:
    return [
        f"# Sources of the slices of {name}",
        "",
        "Written by `exporter ontology slice`; the same source files give the same page.",
        "The slices hold facts only: ids, labels, synonyms, hierarchy, replacements, mappings.",
        "Names that differ in case, accents, dashes or spaces alone are given once.",
        "",
    ]


def _slice_section(each: CutSlice) -> list[str]:
    recipe = each.recipe
    lines = [
        f"## {recipe.name} {recipe.version}",
        "",
        f"- file: `{_slice_path(each)}`, {_counted(each)}",
        f"- from: {recipe.origin}",
        f"- licence: {recipe.licence}",
    ]
    lines += [f"- note: {recipe.note}"] if recipe.note else []
    live = [term for term in each.terms if not term.obsolete]
    without = [term.id for term in live if not term.parents]
    if len(without) < len(live):
        lines.append(f"- terms without parents ({len(without)}): {_listed(without)}")
    else:
        lines.append("- no term has a parent here")
    if each.missing:
        count, ids = len(each.missing), _listed(each.missing)
        lines.append(f"- asked for, in none of the files ({count}): {ids}")
    return [*lines, ""]


def _counted(each: CutSlice) -> str:
    obsolete = sum(term.obsolete for term in each.terms)
    return f"{len(each.terms)} terms, {obsolete} of them obsolete"


def _listed(ids: Iterable[EntityId]) -> str:
    return ", ".join(entity.curie for entity in ids)


def _mapping_section(sets: Iterable[CutMappings]) -> list[str]:
    lines = [
        "## Mapping sets",
        "",
        "| file | rows | release | licence | from | mapping set |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    left_out = []
    for each in sets:
        recipe, rows = each.recipe, len(each.rows)
        left_out += [f"- left out of {recipe.name}: {problem}" for problem in each.left_out]
        file = f"`{_mapping_path(recipe)}`" if rows else f"none ({recipe.name})"
        cells = (file, str(rows), recipe.version, recipe.licence, recipe.origin, recipe.id)
        lines.append(f"| {' | '.join(cells)} |")
    return [*lines, "", *left_out, *([""] if left_out else [])]


def _files_section(recipe: Recipe, folders: Folders) -> list[str]:
    lines = ["## Source files", "", "| file | bytes | SHA-256 |", "| --- | --- | --- |"]
    files = {*_source_files(recipe.slices), *(each.file for each in recipe.mappings)}
    for file in sorted(files):
        content = folders.path(file).read_bytes()
        lines.append(f"| `{file}` | {len(content)} | {hashlib.sha256(content).hexdigest()} |")
    return [*lines, ""]


def _source_files(slices: Iterable[SliceRecipe]) -> Iterator[str]:
    """Yield every file that slices are cut from, as the recipe names it."""
    for each in slices:
        for source in each.source:
            yield source.file
            beside = (part for part in source.options.values() if isinstance(part, dict))
            for part in beside:
                if "file" in part:
                    yield _plain(Path(source.file).parent / part["file"])


def _plain(path: Path) -> str:
    """Take ``..`` out of a path inside the folder of the sources."""
    parts: list[str] = []
    for part in path.parts:
        if part == ".." and parts:
            parts.pop()
        else:
            parts.append(part)
    return "/".join(parts)
