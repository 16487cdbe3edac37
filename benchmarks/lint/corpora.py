"""Flags of the linter on annotations of experts, by level and rule, and all of them in a file."""

import argparse
import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from benchmarks.lint.reading import CORPORA, Checked, checked, files_of, papers
from exporter.model.findings import Level
from exporter.pipeline.knowledge import open_knowledge

GOALS = {Level.ERROR: 0.005, Level.NOTE: 0.02}
COLUMNS = (
    *("corpus", "document", "line", "kind", "mention", "id", "level", "code"),
    *("concept", "proposed", "reason", "surroundings"),
)


def main() -> None:
    """Print shares by level and rule for each corpus; write the flags if asked to."""
    options = _options()
    knowledge = open_knowledge()
    flagged: list[tuple[str, Checked]] = []
    for corpus in options.corpus or CORPORA:
        rows = checked(papers(files_of(corpus), knowledge, options.papers), knowledge)
        annotations = 0
        counts: Counter[tuple[Level, str]] = Counter()
        for row in rows:
            annotations += 1
            if row.flag and row.level:
                counts[row.level, row.flag.code] += 1
                flagged.append((corpus, row))
        print("\n".join(report(corpus, annotations, counts)), flush=True)
    if options.flags:
        write_flags(options.flags, flagged)


def report(corpus: str, annotations: int, counts: Counter[tuple[Level, str]]) -> Iterator[str]:
    """Yield the lines about one corpus: each annotation counts once, by its gravest finding."""
    yield f"{corpus}: {annotations} annotations"
    for level in Level:
        found = sum(number for (each, _), number in counts.items() if each is level)
        share = found / annotations if annotations else 0.0
        goal = GOALS.get(level)
        verdict = (
            "" if goal is None else f"  goal {goal:.1%} {'met' if share <= goal else 'MISSED'}"
        )
        codes = ", ".join(
            f"{code} {number}" for (each, code), number in counts.most_common() if each is level
        )
        yield f"  {level:<8} {found:>6} {share:>8.2%}{verdict}  {codes}".rstrip()


def write_flags(path: Path, flagged: Iterable[tuple[str, Checked]]) -> None:
    """Write one line for each flagged annotation, to be judged by a reader."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter="\t", lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(as_row(corpus, row) for corpus, row in flagged)


def as_row(corpus: str, row: Checked) -> tuple[object, ...]:
    """Return a flagged annotation as a line of the file."""
    said, grounding, flag = row.annotation, row.grounding, row.flag
    return (
        *(corpus, row.document.id, said.line, said.kind, said.label),
        said.stated_as or str(said.stated or ""),
        *(flag.level if flag else "", flag.code if flag else ""),
        *(grounding.concept or "", grounding.proposed or ""),
        *(flag.message if flag else "", row.surroundings),
    )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", action="append", choices=list(CORPORA))
    parser.add_argument("--papers", type=int, help="only the first papers of each corpus")
    parser.add_argument("--flags", type=Path, help="write all flags to this file")
    return parser.parse_args()


if __name__ == "__main__":
    main()
