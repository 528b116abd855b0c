"""The questions of answers that one person alone sees: Slack does not show us such a message again."""

from secrets import token_hex

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store.clock import utc_now
from bot.store.engine import changing
from bot.store.tables import private_answers as table


class PrivateAnswers:
    """The table of such answers' questions, by an id that fits into a menu."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def keep(self, team: str, question: str) -> str:
        """Stores a question as JSON before its answer is sent; its id."""
        own = {"team": team, "id": token_hex(8), "question": question, "answered_at": utc_now()}
        async with changing(self._engine) as connection:
            await connection.execute(insert(table).values(own))
        return str(own["id"])

    async def question(self, team: str, answer_id: str) -> str:
        """The question of that id; '' where there is none, or none any more."""
        found = select(table.c.question).where(table.c.team == team, table.c.id == answer_id)
        async with self._engine.connect() as connection:
            return str(await connection.scalar(found) or "")
