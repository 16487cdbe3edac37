"""A sample of flags on the expert corpora, to be judged by a reader."""

import argparse
from collections.abc import Hashable, Iterable
from pathlib import Path
from random import Random

from benchmarks.lint.corpora import write_flags
from benchmarks.lint.reading import CORPORA, EXPERTS, Checked, checked, files_of, papers
from exporter.pipeline.knowledge import open_knowledge

SIZE = 200
SEED = 7
Flagged = tuple[str, Checked]


def main() -> None:
    """Write a sample of errors and warnings, or of all flags by code, with the words around."""
    options = _options()
    knowledge = open_knowledge()
    flagged: list[Flagged] = []
    for corpus in options.corpus or EXPERTS:
        found = papers(files_of(corpus), knowledge, options.papers)
        flagged += [(corpus, row) for row in checked(found, knowledge) if row.flag]
    chance = Random(options.seed)  # noqa: S311 - not a secret
    if options.by_code:
        flagged = one_of_each(flagged)
        places = spread([_stratum(each) for each in flagged], options.size, chance)
    else:
        flagged = [each for each in flagged if each[1].is_flagged]
        places = chance.sample(range(len(flagged)), min(options.size, len(flagged)))
    write_flags(options.output, [flagged[place] for place in sorted(places)])
    print(f"{len(places)} of {len(flagged)} flags")


def one_of_each(flagged: Iterable[Flagged]) -> list[Flagged]:
    """Return the first of those flags that say the same of the same words of one paper."""
    first: dict[Hashable, Flagged] = {}
    for corpus, row in flagged:
        said = row.annotation
        same = (row.document.id, said.label, said.stated_as, row.flag and row.flag.code)
        first.setdefault(same, (corpus, row))
    return list(first.values())


def spread(strata: list[Hashable], size: int, chance: Random) -> list[int]:
    """Return places drawn at random: as many of each stratum as of any other, or all it has.

    >>> sorted(spread(["a", "b", "b", "b", "c", "c", "c"], 5, Random(0)))[0]
    0
    """
    places: dict[Hashable, list[int]] = {}
    for place, stratum in enumerate(strata):
        places.setdefault(stratum, []).append(place)
    drawn: list[int] = []
    smallest_first = sorted(places.values(), key=len)
    for done, group in enumerate(smallest_first):
        part = (size - len(drawn)) // (len(smallest_first) - done)
        drawn += chance.sample(group, min(part, len(group)))
    return drawn


def _stratum(flagged: Flagged) -> Hashable:
    flag = flagged[1].flag
    return (flag.code, flag.level) if flag else None


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("output", type=Path)
    parser.add_argument("--corpus", action="append", choices=list(CORPORA))
    parser.add_argument("--size", type=int, default=SIZE)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--papers", type=int, help="only the first papers of each corpus")
    parser.add_argument(
        "--by-code",
        action="store_true",
        help="as many of each code and level, notes too; equal flags of one paper count once",
    )
    return parser.parse_args()


if __name__ == "__main__":
    main()
