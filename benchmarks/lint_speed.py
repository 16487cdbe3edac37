"""Grounding and linting on one core: annotations per second, beside the reading of the same text.

The expert corpora are read once and kept. In each round they are then grounded and linted twice
by the same run: first cold, with nothing decided before, then warm, as the next million papers
are, most of whose labels came up before. CPU seconds, the best of some rounds, and the ratio to
reading alone. ``--times`` repeats the corpora to see that memory does not grow.
"""

import argparse
import gc
import gzip
import resource
from collections.abc import Callable, Iterable
from functools import partial
from time import process_time

from benchmarks.lint.reading import CORPORA, files_of
from benchmarks.pubtator import documents
from exporter.grounding import Memo, placed_findings
from exporter.model.document import Document
from exporter.pipeline.knowledge import Knowledge, open_knowledge
from exporter.pipeline.papers import ground_paper

ROUNDS = 3


def contents(corpora: Iterable[str]) -> list[bytes]:
    """Return the files of corpora, unpacked."""
    files = [file for corpus in corpora for file in files_of(corpus)]
    return [gzip.decompress(each.read_bytes()) for each in files if each.suffix == ".gz"]


def linted(papers: Iterable[Document], knowledge: Knowledge, memo: Memo) -> int:
    """Ground and lint papers; return how many findings there are."""
    found = 0
    for paper in papers:
        for text, groundings in ground_paper(paper, knowledge, memo=memo).pairs():
            found += sum(1 for _ in placed_findings(text, groundings))
    return found


def timed(work: Callable[[], object]) -> float:
    """Return the CPU seconds that something takes."""
    start = process_time()
    work()
    return process_time() - start


def main() -> None:
    """Print the rates and what share of the reading they are."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--corpus", action="append", choices=list(CORPORA))
    options.add_argument("--rounds", type=int, default=ROUNDS)
    options.add_argument("--times", type=int, default=1, help="how often warm, to watch memory")
    chosen = options.parse_args()
    start = process_time()
    knowledge = open_knowledge()
    opened = process_time() - start
    texts = contents(chosen.corpus or list(CORPORA))
    read = min(
        timed(lambda: [sum(1 for _ in documents(each, knowledge.namespaces)) for each in texts])
        for _ in range(chosen.rounds)
    )
    papers = [paper for each in texts for paper in documents(each, knowledge.namespaces)]
    gc.collect()
    gc.freeze()  # the command keeps no papers: they are nothing for the collector to go through
    number = sum(len(text.annotations) for paper in papers for text in paper.texts)
    cold, warm = list[float](), list[float]()
    for _ in range(chosen.rounds):
        memo = Memo(knowledge.ontologies, knowledge.field)
        once = partial(linted, papers, knowledge, memo)
        cold.append(timed(once))
        warm += [timed(once) for _ in range(chosen.times)]
    print(f"{number:,} annotations in {len(papers):,} papers; knowledge ready in {opened:.2f} s")
    rates = {"read": read, "first cold": cold[0], "cold": min(cold), "warm": min(warm)}
    for name, seconds in rates.items():
        rate, ratio = number / seconds / 1000, seconds / read
        print(f"{name:<11} {rate:>6,.0f} k/s, {ratio:.2f} times the reading")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory {peak:,.0f} MB, the papers and the index included")


if __name__ == "__main__":
    main()
