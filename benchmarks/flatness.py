"""CPU per paper for 10, 100 and 1,000 papers in one run, less the start-up, and the ratio."""

import re
import tempfile
from pathlib import Path

from corpus import cpu_of

from exporter.resources import data

SIZES = (10, 100, 1000)
_DOI = re.compile(r"10\.\d{4,9}/\S+")


def copies(folder: Path, number: int) -> None:
    """Write as many digests as asked for: the bundled ones in turn, each with a DOI of its own."""
    originals = sorted((data("examples") / "digests").glob("PMC*.md"))
    for index in range(number):
        text = originals[index % len(originals)].read_text(encoding="utf-8")
        body = text.partition("\n---\n")[0]
        doi = f"10.5555/copy.{index}"
        body = _DOI.sub(doi, body) if _DOI.search(body) else body.replace("PMC ·", f"DOI: {doi} ·")
        Path(folder, f"copy-{index:05}.md").write_text(body, encoding="utf-8")


def main() -> None:
    """Print the seconds per paper of each size, and how the largest compares to the smallest."""
    per_paper = {}
    with tempfile.TemporaryDirectory() as place:
        start = measured(Path(place), 1)
        for size in SIZES:
            per_paper[size] = (measured(Path(place), size + 1) - start) / size
            print(f"{size} papers: {1000 * per_paper[size]:.1f} ms CPU per paper")
    print(f"ratio {SIZES[-1]} to {SIZES[0]}: {per_paper[SIZES[-1]] / per_paper[SIZES[0]]:.2f}")


def measured(place: Path, number: int) -> float:
    """Return the CPU seconds of exporting and validating so many papers."""
    folder = place / str(number)
    folder.mkdir(exist_ok=True)
    copies(folder, number)
    return cpu_of("-q", "export", str(folder), "-o", str(place / "out.nq"), "--no-ontologies")


if __name__ == "__main__":
    main()
