"""The releases at hand as lines for a reader and as values for a program."""

from collections.abc import Iterator
from typing import Any

from exporter.ontologies.index import Ontologies
from exporter.ontologies.installed_index import HeldRelease


def release_values(ontologies: Ontologies) -> list[dict[str, Any]]:
    """Return every bundled slice, then every release in the index, whether it is used or not."""
    return [*_bundled(ontologies), *_installed(ontologies)]


def _bundled(ontologies: Ontologies) -> Iterator[dict[str, Any]]:
    held = ontologies.installed.ontologies if ontologies.installed else ()
    replaced = {each.release.name for each in held}
    for each in ontologies.slices:
        yield {
            "name": each.name,
            "version": each.version,
            "held": "bundled",
            "current": each.name not in replaced,
            "terms": len(each.lines),
            "licence": each.licence,
        }


def _installed(ontologies: Ontologies) -> Iterator[dict[str, Any]]:
    for each in ontologies.installed.releases if ontologies.installed else ():
        yield _values(each)


def _values(each: HeldRelease) -> dict[str, Any]:
    return {
        "name": each.release.name,
        "version": each.release.version,
        "held": "installed",
        "current": each.current,
        each.kind: each.size,
        "licence": each.release.licence,
        "source": each.release.source,
        "sha256": each.release.sha256,
        "fetched": each.release.fetched,
    }


def release_line(row: dict[str, Any]) -> str:
    """Return one line about a release; the current one of its name has a star."""
    size = f"{row['terms']:>6} terms" if "terms" in row else f"{row['mappings']:>6} mappings"
    name = f"{row['name']:<10} {row['version']:<12}"
    fetched = f", fetched {row['fetched']}" if row.get("fetched") else ""
    mark = "*" if row["current"] else " "
    return f"{name} {mark} {row['held']}{fetched} {size}  {row['licence']}"
