"""Reading a municipality's own list of families: pure, no database. Services import what is chosen."""
