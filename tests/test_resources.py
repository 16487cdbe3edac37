"""What other distributions add, and how a broken one is named."""

import importlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import Result

from exporter import sources
from exporter.errors import MissingPartError
from exporter.ontologies import packs
from exporter.resources import plugged, plugged_folders
from exporter.validation import shapes

Install = Callable[[str, str, str], None]
GROUPS = (sources.ENTRY_POINTS, packs.ENTRY_POINTS, shapes.ENTRY_POINTS)
MODULE = "plugged_module"
BROKEN = {
    "missing module": ("import no_such_module_anywhere\n", "ModuleNotFoundError: No module named"),
    "missing name": ("", "AttributeError: module 'plugged_module' has no attribute 'PART'"),
    "failing module": ("PART = 1 / 0\n", "ZeroDivisionError: division by zero"),
    "nothing": ("PART = None\n", "leads to None instead of a "),
    "no folder": ("PART = 'no/such/folder'\n", "leads to 'no/such/folder' instead of a "),
}


def _forget() -> None:
    sys.modules.pop(MODULE, None)
    importlib.invalidate_caches()
    sources.readers.cache_clear()
    shapes._installed.cache_clear()


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    """Install a distribution that offers one entry point, for the length of a test."""

    def write(group: str, name: str, module: str) -> None:
        info = tmp_path / "some_parts-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text("Name: some-parts\nVersion: 1.0\n", encoding="utf-8")
        points = f"[{group}]\n{name} = {MODULE}:PART\n"
        (info / "entry_points.txt").write_text(points, encoding="utf-8")
        (tmp_path / f"{MODULE}.py").write_text(module, encoding="utf-8")
        monkeypatch.syspath_prepend(tmp_path)
        _forget()

    yield write
    monkeypatch.undo()
    _forget()


@pytest.mark.parametrize("group", GROUPS)
@pytest.mark.parametrize("fault", BROKEN)
def test_a_broken_plug_in_is_named_and_is_no_bug(
    group: str, fault: str, install: Install, run: Callable[..., Result], examples: Path
) -> None:
    module, problem = BROKEN[fault]
    install(group, "mine", module)
    result = run("export", examples / "digests" / "PMC7218611.md", "--dry-run", "-q")
    assert result.exit_code == 6
    (error, hint) = result.stderr.splitlines()
    assert error.startswith("error: some-parts (entry point mine = plugged_module:PART): E602 ")
    assert problem in error
    assert hint == "hint:  install another version of some-parts, or uninstall it"


def test_a_sound_plug_in_gives_its_part(install: Install, tmp_path: Path) -> None:
    install("some.group", "mine", f"PART = {str(tmp_path)!r}\n")
    assert list(plugged_folders("some.group")) == [("mine", tmp_path)]
    assert list(plugged("some.group", str)) == [str(tmp_path)]
    assert list(plugged("another.group", str)) == []
    with pytest.raises(MissingPartError, match="instead of a int"):
        list(plugged("some.group", int))


def test_a_pack_of_another_distribution_is_found_by_its_name(
    install: Install, tmp_path: Path
) -> None:
    (tmp_path / "field").mkdir()
    (tmp_path / "field" / "antibodies.csv").write_text("antigen,finding,label\n", encoding="utf-8")
    install(packs.ENTRY_POINTS, "mine", f"PART = {str(tmp_path / 'field')!r}\n")
    (pack,) = packs.installed_packs()
    assert (pack.name, pack.folder) == ("mine", tmp_path / "field")


def test_a_reader_with_a_taken_name_is_refused_with_advice(
    install: Install, run: Callable[..., Result], examples: Path
) -> None:
    install(
        sources.ENTRY_POINTS, "mine", "from exporter.sources.digest import READER\nPART = READER\n"
    )
    result = run("export", examples / "digests" / "PMC7218611.md")
    assert result.exit_code == 2
    assert "E203 two readers are named 'digest'" in result.stderr
    assert "hint:" in result.stderr
