"""Each event is handled once, however often Slack delivers it."""

from bot.threads.cache import Cache

SIZE = 20_000


class Inbox:
    """Remembers the messages that were taken up, by workspace, channel and ts.

    The key is the message's and not the delivery's: a mention in a channel arrives as two events with two
    ids, and a redelivery of either must find the same entry. In memory for now: what a restart forgets,
    a redelivery within minutes could bring again. A version in the database keeps this one method.
    """

    def __init__(self, size: int = SIZE) -> None:
        self._taken: Cache[tuple[str, str, str], bool] = Cache(size)

    async def take(self, team: str, channel: str, ts: str) -> bool:
        """True the first time a message is taken up, false ever after."""
        key = (team, channel, ts)
        if self._taken.get(key):
            return False
        self._taken.put(key, True)
        return True
