"""Families that may be one: who is alike, merging two into one, and undoing that. Coordinators and leader only."""
