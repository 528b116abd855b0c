"""The bounded memories of the conversations."""

from bot.cache import Cache


def test_the_least_recently_used_entry_goes_first() -> None:
    cache: Cache[str, int] = Cache(2)
    cache.put("a", 1)
    cache.put("b", 2)
    cache.get("a")
    cache.put("c", 3)
    assert [cache.get(key) for key in "abc"] == [1, None, 3]
    assert len(cache) == 2


def test_an_entry_grows_too_old() -> None:
    now = 0.0
    cache: Cache[str, int] = Cache(2, seconds=10, clock=lambda: now)
    cache.put("a", 1)
    now = 10.0
    assert cache.get("a") == 1
    now = 10.1
    assert cache.get("a") is None
    assert len(cache) == 0


def test_a_new_value_replaces_the_old_one() -> None:
    cache: Cache[str, int] = Cache(2)
    cache.put("a", 1)
    cache.put("a", 2)
    assert (cache.get("a"), len(cache)) == (2, 1)
