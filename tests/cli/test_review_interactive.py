"""Deciding in a real terminal: one key each, saved at once, undone by one key."""

import csv
import os
import pty
import re
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

PROMPT, TYPED = b"\n> ", b"id or name: "
CTRL_C = "\x03"
A_MOMENT = 2.0
PATIENCE = 60.0
FILE = "linked-case.review.tsv"
SEED = "PMC12841639.md"


class Terminal:
    """A program in a terminal of its own; what it shows is read up to what is waited for."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self._master, slave = pty.openpty()
        environment = {**os.environ, "TERM": "xterm", "NO_COLOR": "1", "LINKED_CASE_CURATOR": "C"}
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter
            [sys.executable, "-m", "exporter", "review", *arguments, "--interactive"],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            cwd=folder,
            env=environment,
            start_new_session=True,
            preexec_fn=_own_terminal,  # noqa: PLW1509 - no threads are there yet
        )
        os.close(slave)
        self.shown = b""
        self._told = 0

    def press(self, keys: str, after: bytes = PROMPT) -> None:
        """Wait for a prompt, then press keys."""
        self.read_to(after)
        if keys == CTRL_C:
            # Between a prompt and the wait for its answer Python notes a signal, but reads on.
            time.sleep(A_MOMENT)
        os.write(self._master, keys.encode())

    def read_to(self, end: bytes) -> None:
        """Read until something is shown; what came with it is kept for what is read next."""
        while (found := self._plain().find(end, self._told)) < 0:
            more = self._read()
            assert more, f"it ended without {end!r}: {self.shown.decode()}"
            self.shown += more
        self._told = found + len(end)

    def _plain(self) -> bytes:
        return self.shown.replace(b"\r", b"")

    def ended(self) -> int:
        while more := self._read():
            self.shown += more
        os.close(self._master)
        return self._process.wait(timeout=60)

    def _read(self) -> bytes:
        if not select.select([self._master], [], [], PATIENCE)[0]:
            self._process.kill()
            self._process.wait(timeout=60)
            pytest.fail(f"nothing came for {PATIENCE} s after: {self.shown.decode()}")
        try:
            return os.read(self._master, 65536)
        except OSError:  # Linux says so at the end of a terminal
            return b""


def _own_terminal() -> None:
    """Make standard input the terminal that sends Ctrl-C to this process."""
    import fcntl
    import termios

    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # it is ignored below a shell's background job


@pytest.fixture
def start(tmp_path: Path, examples: Path) -> Callable[..., Terminal]:
    shutil.copy(examples / "digests" / SEED, tmp_path)
    return lambda *arguments: Terminal(tmp_path, SEED, *arguments)


def states(folder: Path) -> list[tuple[str, str, str, str]]:
    with (folder / FILE).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    decided = [row for row in rows if row["verdict"]]
    decided.sort(key=lambda row: int(row["number"]))
    return [(r["label"], r["verdict"], r["target"], r["state"]) for r in decided]


def test_one_key_decides_and_every_decision_is_in_the_file_before_the_next_question(
    start: Callable[..., Terminal], tmp_path: Path
) -> None:
    terminal = start()
    terminal.press("a")
    terminal.read_to(b"saved")
    assert states(tmp_path) == [("IFIH1", "accept", "HP:0033033", "decided")]
    terminal.press("r")
    terminal.press("s")
    terminal.press("k")
    terminal.press("p")
    terminal.press("juvenile dermatomyositis\n", after=TYPED)
    terminal.press("q")
    assert terminal.ended() == 0
    assert [(decision, target, state) for _, decision, target, state in states(tmp_path)] == [
        ("accept", "HP:0033033", "decided"),
        ("reject", "", "decided"),
        ("keep", "", "decided"),
        ("replace-with", "MONDO:0008054", "decided"),
    ]
    shown = terminal.shown.decode()
    assert "error autoantibody-target: IFIH1" in shown
    assert "proposed   HP:0033033 Anti-MDA5 antibody positivity" in shown
    assert "the Janus kinase (JAK) inhibitor baricitinib was started" in shown, "the sentence"
    left, asked = re.findall(r"open        (\d+) of (\d+)", shown)[0]
    assert int(asked) - int(left) == 4


def test_undo_goes_back_to_the_question_again_and_again(
    start: Callable[..., Terminal], tmp_path: Path
) -> None:
    terminal = start()
    for key in "akuu":
        terminal.press(key)
    terminal.press("u")
    terminal.press("r")
    terminal.press("q")
    assert terminal.ended() == 0
    assert "there is no decision to take back" in terminal.shown.decode()
    assert states(tmp_path) == [
        ("IFIH1", "accept", "HP:0033033", "undone"),
        ("IFNA1", "keep", "", "undone"),
        ("IFIH1", "reject", "", "decided"),
    ]


def test_a_second_round_asks_only_what_is_open_and_undo_reaches_back_into_the_first(
    start: Callable[..., Terminal], tmp_path: Path
) -> None:
    first = start()
    first.press("a")
    first.press("q")
    assert first.ended() == 0
    second = start()
    second.press("u")
    second.press("q")
    assert second.ended() == 0
    (asked, *_), (again, *_) = (
        re.findall(r"\n1 of (\d+) ", terminal.shown.decode()) for terminal in (first, second)
    )
    assert int(asked) - int(again) == 1
    assert states(tmp_path) == [("IFIH1", "accept", "HP:0033033", "undone")]


def test_what_cannot_be_meant_is_asked_again_and_nothing_is_saved(
    start: Callable[..., Terminal], tmp_path: Path
) -> None:
    terminal = start()
    terminal.press("p")
    terminal.press("MONDO:9999999\n", after=TYPED)
    terminal.press("n")
    terminal.press("\n", after=TYPED)
    terminal.press("p")
    terminal.press(CTRL_C, after=TYPED)
    terminal.press("q")
    assert terminal.ended() == 0
    assert "none of the installed releases" in terminal.shown.decode()
    assert not (tmp_path / FILE).exists()


def test_arrows_capitals_and_other_keys_decide_nothing(
    start: Callable[..., Terminal], tmp_path: Path
) -> None:
    terminal = start()
    for key in ("\x1b[A", "\x1b[C", "A", "x", "\u00e4", " ", "?"):
        terminal.press(key)
    terminal.press("q")
    assert terminal.ended() == 0
    assert "n  narrow   it means a narrower concept" in terminal.shown.decode()
    assert not (tmp_path / FILE).exists()


def test_keys_typed_ahead_are_not_lost(start: Callable[..., Terminal], tmp_path: Path) -> None:
    terminal = start()
    terminal.press("akrq", after=b"")
    assert terminal.ended() == 0
    assert [decision for _, decision, _, _ in states(tmp_path)] == ["accept", "keep", "reject"]


@pytest.mark.parametrize("how", ["key", "signal"])
def test_an_interruption_loses_nothing(
    how: str, start: Callable[..., Terminal], tmp_path: Path
) -> None:
    terminal = start()
    terminal.press("a")
    terminal.read_to(PROMPT)
    if how == "key":
        os.write(terminal._master, b"\x03")
    else:
        terminal._process.send_signal(signal.SIGINT)
    assert terminal.ended() == 130
    assert states(tmp_path) == [("IFIH1", "accept", "HP:0033033", "decided")]


def test_when_nothing_is_open_nothing_is_asked(
    start: Callable[..., Terminal], tmp_path: Path
) -> None:
    text = (tmp_path / SEED).read_text("utf-8")
    (tmp_path / SEED).write_text(text.partition("## Linked entities")[0], "utf-8")
    terminal = start()
    assert terminal.ended() == 0
    assert "nothing is open" in terminal.shown.decode()
