"""A short form that one text explains twice means at each place what was said last."""

from collections.abc import Callable
from json import loads
from pathlib import Path

from click.testing import Result

TEXT = (
    "Dermatomyositis (DM) is rare; DM weakens. Myasthenia gravis, diabetes mellitus (DM) and "
    "others are not; DM is common. DM (dermatomyositis) heals."
)


def test_each_place_has_the_meaning_that_was_explained_last(
    tmp_path: Path, run: Callable[..., Result]
) -> None:
    rows = [f"1\t{at}\t{at + 2}\tDM\tDisease\tMESH:D003882\n" for at in places()]
    source = tmp_path / "twice.pubtator"
    source.write_text(f"1|t|{TEXT}\n1|a|\n{''.join(rows)}", encoding="utf-8")
    result = run("lint", source, "--no-review", "--all", "--format", "json", "--fail-on", "never")
    annotations = loads(result.stdout.splitlines()[0])["annotations"]
    clean = [each["status"] == "clean" for each in annotations]
    assert clean == [True, True, False, False, True], annotations


def places() -> list[int]:
    return [at for at in range(len(TEXT)) if TEXT.startswith("DM", at)]
