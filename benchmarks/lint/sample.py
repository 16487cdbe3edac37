"""A sample of errors and warnings on the expert corpora, to be judged by a reader."""

import argparse
from pathlib import Path
from random import Random

from benchmarks.lint.corpora import write_flags
from benchmarks.lint.reading import CORPORA, EXPERTS, Checked, checked, files_of, papers
from exporter.pipeline.knowledge import open_knowledge

SIZE = 200
SEED = 7


def main() -> None:
    """Write a sample, drawn evenly over all errors and warnings, with the words around each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("output", type=Path)
    parser.add_argument("--corpus", action="append", choices=list(CORPORA))
    parser.add_argument("--size", type=int, default=SIZE)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--papers", type=int, help="only the first papers of each corpus")
    options = parser.parse_args()
    knowledge = open_knowledge()
    flagged: list[tuple[str, Checked]] = []
    for corpus in options.corpus or EXPERTS:
        found = papers(files_of(corpus), knowledge, options.papers)
        flagged += [(corpus, row) for row in checked(found, knowledge) if row.is_flagged]
    size = min(options.size, len(flagged))
    places = sorted(Random(options.seed).sample(range(len(flagged)), size))  # noqa: S311
    write_flags(options.output, [flagged[place] for place in places])
    print(f"{size} of {len(flagged)} flags")


if __name__ == "__main__":
    main()
