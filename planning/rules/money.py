"""Kroner as they are written."""


def kroner(amount: int) -> str:
    """12 500 kr, with spaces that do not break."""
    return f"{amount:,}".replace(",", "\u00a0") + "\u00a0kr"
