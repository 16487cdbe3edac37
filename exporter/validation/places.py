"""From a node of the data back to its source: the document or case, the line and the field."""

import csv
from dataclasses import dataclass
from functools import cache
from urllib.parse import unquote

from rdflib import Graph, URIRef
from rdflib.namespace import DCTERMS, RDF, RDFS, SKOS
from rdflib.term import BNode, Node

from exporter.errors import Where
from exporter.resources import data

VOCABULARY = "https://w3id.org/linked-case/vocab#"
SOURCE_LINE = URIRef(VOCABULARY + "sourceLine")
