"""Composing groups: which families sit at which table. Pure rules and solvers; nothing here knows Django's models.

`columns`, `master`, `search` and `solve` need the packages that only the worker loads; everything else is plain Python.
"""
