"""Statements about papers, mentions, cases and concepts: pure functions from values to quads."""
