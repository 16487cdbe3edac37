"""Many annotations in one text take no longer each than few."""

from collections.abc import Callable
from json import loads
from pathlib import Path
from time import process_time

import pytest
from click.testing import Result

TITLE = "Title"
MANY = 2_500


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("MDA5", "Gene\t64135"),
        ("AB{number}", "Gene\t64135"),
        ("dermatomyositis", "Disease\tMONDO:0008054"),
        ("arthritis", "Disease\tMESH:D003882"),
    ],
    ids=["antigens", "labels of one id", "one suspicion", "another suspicion"],
)
def test_many_annotations_are_judged_at_once(
    label: str, said: str, tmp_path: Path, run: Callable[..., Result]
) -> None:
    content, rows = "", []
    for number in range(MANY):
        exact = label.format(number=number)
        content += " anti-"
        start = len(TITLE) + 1 + len(content)
        rows.append(f"1\t{start}\t{start + len(exact)}\t{exact}\t{said}\n")
        content += exact
    source = tmp_path / "many.pubtator"
    source.write_text(f"1|t|{TITLE}\n1|a|{content}\n{''.join(rows)}", encoding="utf-8")
    began = process_time()
    result = run("lint", source, "--no-review", "--format", "json", "--fail-on", "never")
    account = loads(result.stdout.splitlines()[-1])["account"]
    assert account["annotations"] == MANY
    assert process_time() - began < 20
