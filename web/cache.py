"""The shared cache. A dead Valkey makes rate limits weaker for a while; it never breaks a page."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)


def forgiving(name: str, otherwise: Callable[..., Any]) -> Callable[..., Any]:
    """The method of the Redis cache; `otherwise(key, …)` gives its answer while the server cannot be reached."""
    method = getattr(RedisCache, name)

    @wraps(method)
    def call(self: RedisCache, *args: Any, **kwargs: Any) -> Any:
        try:
            return method(self, *args, **kwargs)
        except (RedisError, OSError) as error:
            logger.warning("the cache did not answer: %s", error)
            return otherwise(*args, **kwargs)

    return call


class ForgivingRedisCache(RedisCache):
    """Django's Redis cache, which misses instead of raising when the server is away."""

    get = forgiving("get", lambda _key, default=None, **_rest: default)
    get_many = forgiving("get_many", lambda *_args, **_rest: {})
    add = forgiving("add", lambda *_args, **_rest: True)
    set = forgiving("set", lambda *_args, **_rest: None)
    set_many = forgiving("set_many", lambda *_args, **_rest: [])
    touch = forgiving("touch", lambda *_args, **_rest: False)
    delete = forgiving("delete", lambda *_args, **_rest: False)
    incr = forgiving("incr", lambda _key, delta=1, **_rest: delta)
