"""Full releases of ontologies: found, downloaded, recognised, merged and put into the index."""
