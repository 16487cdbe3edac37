"""How results reach the disk: whole files, or none."""
