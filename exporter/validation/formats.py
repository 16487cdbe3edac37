"""A report as a person, a program or a code review reads it."""

import json
from collections import Counter
from collections.abc import Callable, Sequence

from rdflib import BNode, Literal, URIRef
from rdflib.term import Node

from exporter.validation.results import Report, Result, Severity
from exporter.validation.sarif import sarif
from exporter.validation.shapes import Shape
from exporter.validation.turtle_report import turtle_report
