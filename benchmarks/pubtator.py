"""PubTator text on one core: annotations per second of our reader, beside a bare split of lines.

Three things are timed on the same bytes in one run: cutting the text into lines and columns and
nothing else; making as many annotations by their own constructor, from constants; and the reader,
from bytes to checked documents. CPU seconds, the best of some rounds; papers are not kept.
"""

import argparse
import gzip
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from time import process_time

from exporter.errors import Where
from exporter.model.document import Annotation, Document, Mention, PositionSource
from exporter.model.identifiers import Namespaces, bundled_namespaces
from exporter.sources import Settings, parse, readers

ROUNDS = 7


def columns(content: bytes) -> int:
    """Cut a text into papers, lines and columns; return how many lines there are."""
    papers = content.decode("utf-8").replace("\r\n", "\n").split("\n\n")
    return sum(len([line.split("\t") for line in paper.split("\n")]) for paper in papers)


def constructed(number: int) -> int:
    """Make so many annotations with a mention each; return the last ordinal."""
    ordinal = 0
    for ordinal in range(number):
        mention = Mention(start=0, end=4, exact="JAK1", source=PositionSource.GIVEN)
        Annotation(
            annotator="a", kind="Gene", ordinal=ordinal, label="JAK1", mentions=(mention,), line=1
        )
    return ordinal


def documents(content: bytes, namespaces: Namespaces | None = None) -> Iterator[Document]:
    """Yield the papers of a file; ``namespaces`` are those of the run, else the bundled ones."""
    settings = Settings(namespaces=namespaces or bundled_namespaces())
    for record in readers()["pubtator"].split(content, Where(file="benchmark")):
        parsed = parse(record, settings)
        if isinstance(parsed, Document):
            yield parsed


def annotations(content: bytes) -> int:
    """Read a file with our reader; return how many annotations there are."""
    return sum(len(text.annotations) for each in documents(content) for text in each.texts)


def best_of(work: Callable[[], int]) -> float:
    """Return the CPU seconds of the quickest round."""
    seconds = []
    for _ in range(ROUNDS):
        start = process_time()
        work()
        seconds.append(process_time() - start)
    return min(seconds)


def main() -> None:
    """Print a line for each file."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("files", nargs="+", type=Path, help="PubTator text, packed or not")
    for file in arguments.parse_args().files:
        content = file.read_bytes()
        content = gzip.decompress(content) if file.suffix == ".gz" else content
        number = annotations(content)
        bare = best_of(partial(columns, content))
        made = best_of(partial(constructed, number))
        ours = best_of(partial(annotations, content))
        rates = [f"{number / seconds / 1000:,.0f} k/s" for seconds in (bare, made, ours)]
        print(f"{file.name}: {number:,} annotations")
        print(f"  bare split {rates[0]}, constructors alone {rates[1]}, our reader {rates[2]}")
        print(f"  the reader takes {ours / bare:.1f} times the bare split")


if __name__ == "__main__":
    main()
