from collections.abc import Callable
from pathlib import Path

import pytest

from exporter.model.identifiers import EntityId, Namespaces, bundled_namespaces
from exporter.ontologies.index import Ontologies
from exporter.ontologies.installed import IndexWriter, Release, index_path
from exporter.ontologies.installed_index import InstalledIndex
from exporter.ontologies.packs import bundled_packs, load_pack, open_ontologies
from exporter.ontologies.slices import read_slice
from exporter.ontologies.sssom import read_mapping_set


@pytest.fixture(scope="session")
def namespaces() -> Namespaces:
    return bundled_namespaces()


@pytest.fixture(scope="session")
def entity(namespaces: Namespaces) -> Callable[[str], EntityId]:
    return namespaces.parse


@pytest.fixture(scope="session")
def bundled(namespaces: Namespaces) -> Ontologies:
    """The slices that come with the exporter."""
    return open_ontologies(bundled_packs(), namespaces)


@pytest.fixture
def pack(tmp_path: Path) -> Callable[[dict[str, str]], Path]:
    """Write the files of a pack and return its folder."""

    def write(files: dict[str, str]) -> Path:
        for name, text in files.items():
            path = tmp_path / "pack" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        return tmp_path / "pack"

    return write


@pytest.fixture
def opened(
    pack: Callable[[dict[str, str]], Path], namespaces: Namespaces
) -> Callable[[dict[str, str]], Ontologies]:
    """Open the ontologies of a pack with the given files."""

    def open_pack(files: dict[str, str]) -> Ontologies:
        return open_ontologies([load_pack(pack(files))], namespaces)

    return open_pack


@pytest.fixture
def build(tmp_path: Path, namespaces: Namespaces) -> Callable[[dict[str, str]], Path]:
    """Add slices (``.tsv``) and mapping sets to the index of this test, each as a release."""

    def add(files: dict[str, str]) -> Path:
        path = tmp_path / "data" / index_path().name
        with IndexWriter(path) as writer:
            for name, text in files.items():
                source = tmp_path / name
                source.write_text(text, encoding="utf-8", newline="\n")
                if name.endswith(".sssom.tsv"):
                    writer.add_mapping_set(read_mapping_set(source, namespaces), Release())
                    continue
                part = read_slice(source, namespaces)
                prefix = next(iter(part.lines)).prefix
                about = Release(name=part.name, version=part.version, prefix=prefix, source=name)
                writer.add_release(about, (part.term(each, namespaces) for each in part.lines))
        return path

    return add


@pytest.fixture
def indexed(
    build: Callable[[dict[str, str]], Path], namespaces: Namespaces
) -> Callable[[dict[str, str]], Ontologies]:
    """Open ontologies that are in the index alone."""

    def open_index(files: dict[str, str]) -> Ontologies:
        return Ontologies([], [], namespaces, InstalledIndex(build(files), namespaces))

    return open_index
