"""The list of releases that are fetched by name, as ``ontology/releases.toml`` tells them."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from exporter.errors import UsageError
from exporter.model.licences import licences
from exporter.resources import data

_FILE = "releases.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedFile:
    """Where a file is published, and where its checksum is.

    ``table`` says which of the known tables it is and ``name`` what it is called, if the file does
    not; ``taxon`` is that of the genes it holds.
    """

    address: str
    checksum: str = ""
    table: str = ""
    name: str = ""
    taxon: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """A release that can be fetched by name; ``needs`` are others without which it is no use."""

    name: str
    title: str
    licence: str
    files: tuple[PublishedFile, ...]
    prefix: str = ""
    needs: tuple[str, ...] = ()


@cache
def catalogue() -> Mapping[str, Published]:
    """Return the releases that are fetched by name."""
    text = (data("ontology") / _FILE).read_text(encoding="utf-8")
    return {each["name"]: _published(each) for each in tomllib.loads(text)["release"]}


def _published(table: dict[str, Any]) -> Published:
    files = tuple(PublishedFile(**each) for each in table["file"])
    plain = {key: value for key, value in table.items() if key not in {"file", "needs"}}
    return Published(**plain, files=files, needs=tuple(table.get("needs", ())))


def chosen(names: Iterable[str]) -> tuple[Published, ...]:
    """Return the named releases and what they need, or all; an unknown name is refused."""
    known = catalogue()
    wanted: dict[str, Published] = {}
    waiting = list(names) or list(known)
    while waiting:
        name = waiting.pop(0).casefold()
        if name not in known:
            raise UsageError(
                f"there is no release {name!r} in the list",
                code="E227",
                hint=f"use {', '.join(known)}; or give an address or a file with --from",
            )
        if name not in wanted:
            wanted[name] = known[name]
            waiting += known[name].needs
    return tuple(wanted.values())


def files_of(published: Published, taxa: Iterable[str]) -> Iterator[PublishedFile]:
    """Yield the files to download; of genes those that hold the taxa, each file once."""
    chosen_taxa = list(taxa)
    by_taxon = {each.taxon: each for each in published.files if each.taxon}
    files = [each for each in published.files if not each.taxon]
    if by_taxon:
        every = by_taxon.get("*")
        found = [by_taxon.get(taxon, every) for taxon in chosen_taxa]
        files += [each for each in dict.fromkeys(found) if each]
    yield from files


def expanded(names: Iterable[str]) -> frozenset[str]:
    """Return the names of ontologies and mapping sets that are meant by names, groups included."""
    found: set[str] = set()
    for name in names:
        found.add(name)
        group = catalogue().get(name.casefold())
        for file in group.files if group else ():
            found |= {group.name, file.name, *_sets_in(file)} if group else set()
    return frozenset(found - {""})


def _sets_in(file: PublishedFile) -> Iterator[str]:
    name = file.address.rpartition("/")[2].partition(".")[0]
    if name not in {"positive", "negative"}:
        yield name
    elif "biomappings" in file.address:
        yield f"biomappings_{name}"


@cache
def ontology_name(prefix: str) -> str:
    """Return what the ontology with a prefix is called here: ``famplex`` for ``FPLX``."""
    named = (each.name for each in catalogue().values() if each.prefix == prefix)
    return next(named, prefix.lower())


@cache
def licence_name(stated: str) -> str:
    """Return the short name of a licence that is stated by its address; any other as it is."""
    plain = stated.replace("https://", "http://").rstrip("/")
    for short, iri in licences().items():
        if iri.replace("https://", "http://").rstrip("/") == plain:
            return short
    return stated
