"""What the process that runs private shapes sends, and what is said when it ends too early."""

from multiprocessing import Pipe
from pathlib import Path

import pytest
from rdflib import Graph

from exporter.errors import InputError, LimitError
from exporter.validation.limited import _answer, run_in_order
from exporter.validation.results import Report
from exporter.validation.shapes import shapes

EX = "http://example.org/"
SHAPE = """
    @prefix sh: <http://www.w3.org/ns/shacl#> .
    <#x> a sh:PropertyShape ; sh:targetSubjectsOf <http://example.org/p> ;
        sh:path <http://example.org/p> ; sh:%s .
"""


def test_reports_come_in_order_after_one_word_and_end_with_a_refusal(tmp_path: Path) -> None:
    for name, rule in (("a", "maxCount 1"), ("b", 'pattern "("'), ("c", "minCount 1")):
        (tmp_path / f"{name}.ttl").write_text(SHAPE % rule, encoding="utf-8")
    data = Graph().parse(data=f"<{EX}a> <{EX}p> 1, 2 .", format="turtle")
    here, there = Pipe()
    run_in_order(there, list(data), shapes(private=[tmp_path], only_private=True))
    there.close()
    assert here.recv() == Report.of((), ())
    report = here.recv()
    assert [(r.shape, r.component) for r in report.results] == [("a", "MaxCount")]
    refusal = here.recv()
    assert isinstance(refusal, InputError)
    assert "b" in refusal.problem
    with pytest.raises(EOFError):
        here.recv()


def test_process_that_ends_without_an_answer_is_told() -> None:
    here, there = Pipe()
    there.close()
    with pytest.raises(LimitError, match="the shape 'x' ended its process"):
        _answer(here, 1.0, "the shape 'x'")
