"""How often somebody may ask: counted in the shared cache, for all processes together.

While the cache is away nothing is limited: a page is worth more than a count.
"""

from hashlib import sha256

from django.core.cache import cache


def count(what: str, who: str, seconds: int) -> int:
    """Count one more of `what` from `who` in this window of time, which begins with the first; returns how many.

    Only a hash of who it was is kept.
    """
    key = key_of(what, who)
    return 1 if cache.add(key, 1, seconds) else int(cache.incr(key))


def counted(what: str, who: str) -> int:
    """How many there were in the window so far."""
    return int(cache.get(key_of(what, who)) or 0)


def key_of(what: str, who: str) -> str:
    return f"limit:{what}:{sha256(who.encode()).hexdigest()[:32]}"
