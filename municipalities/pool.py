"""What the connection pool does with a connection before somebody else gets it."""

from typing import Any


def forget_municipality(connection: Any) -> None:
    """Take the municipality off a connection that goes back to the pool: a second lock behind SET LOCAL."""
    connection.execute("RESET app.municipality_id")
    connection.commit()
