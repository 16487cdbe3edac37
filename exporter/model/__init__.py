"""What every reader gives and every writer takes: frozen values, no RDF, no files."""
