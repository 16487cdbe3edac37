from collections.abc import Callable
from pathlib import Path

import pytest

from exporter.model.identifiers import EntityId, Namespaces, bundled_namespaces
from exporter.ontologies.index import Ontologies
from exporter.ontologies.packs import bundled_packs, load_pack, open_ontologies


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
