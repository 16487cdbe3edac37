"""What the world's vocabularies say: terms, hierarchy, names and mappings, cut to what is needed."""
