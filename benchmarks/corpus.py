"""CPU seconds of the whole bundled corpus, exported and validated, and of ``--help``."""

import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

from exporter.resources import data

ROUNDS = 5


def cpu_of(*arguments: str) -> float:
    """Return the user and system seconds of one call of the command line."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    call = [sys.executable, "-m", "exporter", *arguments]
    subprocess.run(call, check=True, stdout=subprocess.DEVNULL)  # noqa: S603
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime - before.ru_utime) + (after.ru_stime - before.ru_stime)


def main() -> None:
    """Print the medians and the range over the rounds."""
    with tempfile.TemporaryDirectory() as folder:
        target = str(Path(folder, "corpus.trig"))
        calls = {
            "export and validate": ("-q", "export", str(data("examples")), "-o", target),
            "--help": ("--help",),
        }
        for name, call in calls.items():
            seconds = sorted(cpu_of(*call) for _ in range(ROUNDS))
            print(f"{name}: {median(seconds):.2f} s CPU ({seconds[0]:.2f}-{seconds[-1]:.2f})")


if __name__ == "__main__":
    main()
