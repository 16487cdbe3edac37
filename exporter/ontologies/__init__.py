"""What the world's vocabularies say, cut to what is needed: terms, hierarchy, names, mappings."""
