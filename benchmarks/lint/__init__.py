"""How good the linter is: on corpora annotated by experts, with faults put in, on digests."""
