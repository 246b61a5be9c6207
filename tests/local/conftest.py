"""One copy of the working tree for all journeys of the launcher: its database and demo data are made once."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.local.copies import Copy


@pytest.fixture(scope="session")
def tree() -> Iterator[Copy]:
    root = Path(tempfile.mkdtemp(prefix="sammen-copy-")).resolve()
    root.chmod(0o711)  # as root, the database's own user passes through it
    copy = Copy(root)
    try:
        copy.fill()
        yield copy
    finally:
        copy.remove()


@pytest.fixture
def quiet(tree: Copy) -> Iterator[Copy]:
    """The copy, in which nothing runs before the test or after it."""
    tree.is_quiet()
    try:
        yield tree
    finally:
        tree.end_all()
