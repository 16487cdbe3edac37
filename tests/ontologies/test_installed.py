import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from exporter.errors import InputError, OutputError
from exporter.model.identifiers import EntityId, Namespaces
from exporter.ontologies.installed import IndexWriter, Release, data_folder, index_path
from exporter.ontologies.installed_index import InstalledIndex
from exporter.ontologies.terms import Term

Build = Callable[[dict[str, str]], Path]
Entity = Callable[[str], EntityId]

OLD = "# ontology: mondo\n# version: 9\nid\tlabel\nMONDO:0000001\told name\nMONDO:0000002\tgone\n"
NEW = "# ontology: mondo\n# version: 10\nid\tlabel\nMONDO:0000001\tnew name\n"


def test_the_data_folder_is_the_one_that_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LINKED_CASE_DATA", "some/where")
    assert data_folder() == Path("some/where")
    assert index_path().parent == Path("some/where")


def test_else_the_data_folder_is_the_users_own(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("LINKED_CASE_DATA")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    assert data_folder().name == "linked-case-exporter"


def test_versions_stand_side_by_side_and_the_newest_is_current(
    build: Build, namespaces: Namespaces, entity: Entity
) -> None:
    build({"new.tsv": NEW})
    index = InstalledIndex(build({"old.tsv": OLD}), namespaces)
    assert [(str(held.release), held.size, held.current) for held in index.releases] == [
        ("mondo 9", 2, False),
        ("mondo 10", 1, True),
    ]
    (term, held) = index.term(entity("MONDO:0000001")) or pytest.fail("the term is lost")
    assert (term.label, held.release.source) == ("new name", "new.tsv")
    assert index.term(entity("MONDO:0000002")) is None
    assert [term.label for term in index.terms(index.releases[0])] == ["old name", "gone"]


def test_the_same_version_again_takes_the_place_of_the_first(
    build: Build, namespaces: Namespaces, entity: Entity
) -> None:
    build({"old.tsv": OLD})
    path = build({"again.tsv": OLD.replace("old name", "other name").replace("0002", "0003")})
    index = InstalledIndex(path, namespaces)
    assert [held.size for held in index.releases] == [2]
    assert index.named("oldname") == ()
    assert [each.curie for each, _ in index.named("othername")] == ["MONDO:0000001"]
    assert index.term(entity("MONDO:0000002")) is None


def test_both_may_come_in_one_build(tmp_path: Path, namespaces: Namespaces, entity: Entity) -> None:
    path = tmp_path / "index"
    terms = [Term(id=entity("MONDO:0000001"), label=label) for label in ("first", "second")]
    with IndexWriter(path) as writer:
        for term in terms:
            writer.add_release(Release(name="mondo", version="1"), [term])
    index = InstalledIndex(path, namespaces)
    assert index.named("first") == ()
    assert len(index.named("second")) == 1


def test_a_build_that_fails_leaves_all_as_it_was(build: Build, entity: Entity) -> None:
    path = build({"old.tsv": OLD})
    before = path.read_bytes()
    with pytest.raises(ZeroDivisionError), IndexWriter(path) as writer:
        writer.add_release(Release(name="hp", version="1"), (1 / 0 for _ in [1]))  # type: ignore[misc]
    assert path.read_bytes() == before
    assert [each.name for each in path.parent.iterdir() if each.suffix == ".part"] == []


def test_a_term_that_comes_twice_is_refused(tmp_path: Path, entity: Entity) -> None:
    term = Term(id=entity("MONDO:0000001"), label="a")
    twice = pytest.raises(InputError, match="MONDO:0000001 stands twice")
    with twice as refusal, IndexWriter(tmp_path / "index") as writer:
        writer.add_release(Release(name="mondo", version="1"), [term, term])
    assert refusal.value.code == "E162"
    assert not (tmp_path / "index").exists()


KILLED = """
import sys, time
from pathlib import Path
from exporter.ontologies.installed import IndexWriter, Release

def terms():
    print("begun", flush=True)
    time.sleep(60)
    yield

with IndexWriter(Path(sys.argv[1])) as writer:
    writer.add_release(Release(name="hp", version="1"), terms())
"""


def test_a_killed_build_leaves_the_index_and_does_not_hinder_the_next(
    build: Build, namespaces: Namespaces
) -> None:
    path = build({"old.tsv": OLD})
    before = path.read_bytes()
    with subprocess.Popen(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", KILLED, str(path)], stdout=subprocess.PIPE
    ) as builder:
        assert builder.stdout is not None
        assert builder.stdout.readline() == b"begun\n"
        with pytest.raises(OutputError, match="another run builds the index") as refusal:
            build({"new.tsv": NEW})
        builder.send_signal(signal.SIGKILL)
    assert refusal.value.code == "E306"
    assert path.read_bytes() == before
    index = InstalledIndex(build({"new.tsv": NEW}), namespaces)
    assert [str(held.release) for held in index.releases] == ["mondo 9", "mondo 10"]


FULL = """
import resource, signal, sys
from pathlib import Path
from exporter.errors import OutputError
from exporter.model.identifiers import bundled_namespaces
from exporter.ontologies.installed import IndexWriter, Release
from exporter.ontologies.terms import Term

entity = bundled_namespaces().parse
terms = (Term(id=entity(f"MONDO:{n:07}"), label=f"disease {n}") for n in range(20_000))
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    with IndexWriter(Path(sys.argv[1])) as writer:
        writer.add_release(Release(name="mondo", version="1"), terms)
except OutputError as problem:
    print(problem.code, problem.hint)
"""


def test_a_full_disk_is_told_of_and_nothing_is_left(tmp_path: Path) -> None:
    path = tmp_path / "index"
    result = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", FULL, str(path)], capture_output=True, text=True, check=True
    )
    assert result.stdout.startswith("E307 free some space"), result.stderr
    assert sorted(each.name for each in tmp_path.iterdir()) == [".index.lock"]


def test_a_folder_in_which_nothing_can_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError) as refusal, IndexWriter(tmp_path / "file" / "index"):
        pytest.fail("the index was begun")
    assert refusal.value.code == "E307"


def test_what_is_no_index_is_not_built_upon(tmp_path: Path) -> None:
    path = tmp_path / "index"
    sqlite3.connect(path).executescript("CREATE TABLE a (b)").connection.close()
    before = path.read_bytes()
    with pytest.raises(InputError) as refusal, IndexWriter(path):
        pytest.fail("the index was begun")
    assert (refusal.value.code, path.read_bytes()) == ("E161", before)
