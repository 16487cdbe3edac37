"""Seeded faults: how many of them the linter finds, and what it flags besides."""

import argparse
import csv
import tempfile
from collections.abc import Iterable
from pathlib import Path
from random import Random

from benchmarks.lint.corpora import COLUMNS, as_row
from benchmarks.lint.curated import tallies
from benchmarks.lint.grading import Grades, report
from benchmarks.lint.reading import CORPORA, EXPERTS, checked, papers
from benchmarks.lint.seeding import seed, sources
from exporter.pipeline.knowledge import Knowledge, open_knowledge

SEED = 20_240_301


def main() -> None:
    """Print recall and precision by kind; write what was missed and what was flagged wrongly."""
    options = _options()
    knowledge = open_knowledge()
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        corpora = options.corpus or EXPERTS
        grades = graded(knowledge, corpora, options.seed, folder, papers_of_each=options.papers)
    print("\n".join(report(grades)))
    if options.missed:
        write_missed(options.missed, grades)
    if options.false:
        write_false(options.false, grades)


def graded(
    knowledge: Knowledge,
    corpora: Iterable[str],
    chance: int,
    folder: Path,
    papers_of_each: int | None = None,
) -> Grades:
    """Put faults into corpora and curated files and return what became of them.

    ``chance`` is the seed: equal seeds, equal faults. The faulty files are left in ``folder``.
    """
    grades = Grades()
    found = sources(corpora, knowledge, papers_of_each)
    for seeded in seed(found, knowledge, Random(chance), folder):  # noqa: S311 - not a secret
        grades.add(seeded, checked(papers([seeded.path], knowledge), knowledge))
    grades.add_curated(*tallies(knowledge, Random(chance))[:2])  # noqa: S311
    return grades


def write_missed(path: Path, grades: Grades) -> None:
    """Write one line for each fault that was not found."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter="\t", lineterminator="\n")
        writer.writerow(("seeded", "truth", *COLUMNS))
        for kind, tally in grades.kinds.items():
            for fault, row in tally.missed:
                writer.writerow((kind, fault.truth, *as_row(fault.corpus, row)))


def write_false(path: Path, grades: Grades) -> None:
    """Write one line for each flag on an annotation that nobody changed."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter="\t", lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(as_row(corpus, row) for corpus, row in grades.false)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", action="append", choices=list(CORPORA))
    parser.add_argument("--papers", type=int, help="only the first papers of each file")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--keep", type=Path, help="write the files with faults to this folder")
    parser.add_argument("--missed", type=Path, help="write what was missed to this file")
    parser.add_argument("--false", type=Path, help="write flags on what is right to this file")
    return parser.parse_args()


if __name__ == "__main__":
    main()
