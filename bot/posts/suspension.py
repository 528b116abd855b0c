"""The orders of a workspace that takes the bot away go to sleep, and wake when it takes the bot in again."""

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.posts.order_store import OrderStore
from bot.slack.errors import TOKEN_ERRORS
from bot.store.clock import utc_now
from bot.store.engine import writing
from bot.store.tables import posts

REMOVED = "the workspace has taken the bot away"


async def put_to_sleep(engine: AsyncEngine, workspace: str) -> None:
    """Nothing is posted there any more, and of what was about to be, nothing later either."""
    await OrderStore(engine).park_all(workspace, REMOVED)
    waiting = (posts.c.workspace == workspace, posts.c.state == "due")
    parked = update(posts).where(*waiting).values(state="parked", why=REMOVED, changed_at=utc_now())
    async with writing(engine) as connection:
        await connection.execute(parked)


async def wake(engine: AsyncEngine, workspace: str) -> None:
    """What was put to sleep, or parked since the token did not hold, goes on; what people paused does not."""
    await OrderStore(engine).resume_all(workspace, {REMOVED, *TOKEN_ERRORS})
