"""The gate: SHACL shapes, what they find in a graph, and how a curator is told about it."""
