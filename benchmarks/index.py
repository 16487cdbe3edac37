"""The index of full ontologies: what it takes to build it, to have it ready, to ask it.

``--from FOLDER`` builds it from a folder of source files in a data folder of its own; without it
the index in the user's data folder is measured.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TypeVar

from exporter.model.identifiers import EntityId, bundled_namespaces
from exporter.ontologies.index import Ontologies
from exporter.ontologies.installed import DATA_VARIABLE, index_path
from exporter.ontologies.installed_index import InstalledIndex
from exporter.ontologies.packs import every_pack, ontologies_at_hand

T = TypeVar("T")
ROUNDS = 5
ASKED = 20_000
GOALS = {"build": 60.0, "ready": 1.0, "info": 0.3, "memory": 500.0}


def main() -> None:
    """Print each figure with its goal."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--from", dest="source", type=Path, help="a folder of source files")
    source = parser.parse_args().source
    with tempfile.TemporaryDirectory() as folder:
        if source is not None:
            os.environ[DATA_VARIABLE] = folder
            _told("building it", seconds(lambda: run("fetch", "--from", str(source))), "build")
        size = index_path().stat().st_size / 1e6
        print(f"{'the file':<44} {size:8.1f} MB")
        ready()
        rounds = [seconds(lambda: run("info", "MONDO:0008054")) for _ in range(ROUNDS)]
        _told("ontology info, a process of its own", median(rounds), "info")
        ask()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{'peak memory of this process':<44} {peak:8.1f} MB    goal {GOALS['memory']:.0f}")


def run(*arguments: str) -> None:
    """Run a command about ontologies in a process of its own."""
    call = [sys.executable, "-m", "exporter", "ontology", *arguments]
    subprocess.run(call, check=True, capture_output=True)  # noqa: S603 - our own


def seconds(work: Callable[[], object]) -> float:
    """Return how long a piece of work takes."""
    start = perf_counter()
    work()
    return perf_counter() - start


def _told(what: str, taken: float, goal: str = "") -> None:
    wanted = f"   goal {GOALS[goal]:g}" if goal else ""
    print(f"{what:<44} {taken:8.3f} s {wanted}", flush=True)


def ready() -> None:
    """Print how long it takes until packs and index are open and every ancestor set is made."""
    start = perf_counter()
    index = opened().installed
    until_open = perf_counter() - start
    sets = [dict(index.ancestor_sets(held)) for held in index.ontologies] if index else []
    whole = perf_counter() - start
    _told("opening packs and index", until_open)
    _told(f"… and every ancestor set ({sum(map(len, sets))})", whole, "ready")


def opened() -> Ontologies:
    """Open packs and index as a command does."""
    return ontologies_at_hand(every_pack(), bundled_namespaces())


def ask() -> None:
    """Print what one question costs, asked for the first time and again."""
    ontologies = opened()
    ids = list(islice(_ids(ontologies.installed), ASKED)) if ontologies.installed else []
    keys = sorted({key for entity in ids for key in ontologies.name_keys(entity)})[:ASKED]
    ontologies = opened()
    of_ids: dict[str, Callable[[EntityId], object]] = {
        "a term": ontologies.get,
        "its ancestors as a set": ontologies.ancestor_set,
        "its own names as keys": ontologies.name_keys,
        "its mappings": ontologies.mappings_from,
    }
    for name, question in of_ids.items():
        _microseconds(name, question, ids)
    _microseconds("ids by name", ontologies.ids_named, keys)
    _microseconds("ids by a name of none", ontologies.ids_named, [f"{key}?" for key in keys])


def _ids(index: InstalledIndex) -> Iterable[EntityId]:
    """Yield ids in turn from all that the index holds, a part of each ontology."""
    ontologies = index.ontologies
    for held in ontologies:
        yield from islice(index.ids(held), ASKED // len(ontologies))


def _microseconds(name: str, question: Callable[[T], object], asked: Sequence[T]) -> None:
    def ask_all() -> None:
        for each in asked:
            question(each)

    cold, warm = (seconds(ask_all) / len(asked) * 1e6 for _ in range(2))
    print(f"{name:<44} {cold:8.2f} µs, asked again {warm:.2f} µs")


if __name__ == "__main__":
    main()
