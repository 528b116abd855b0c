"""People by their ids; the language that one has chosen, for what has no words of theirs to go by."""

from dataclasses import dataclass
from typing import cast

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store.clock import utc_now
from bot.store.engine import changing, upsert
from bot.store.tables import people_languages as table
from bot.words import Language


@dataclass(frozen=True, slots=True)
class Person:
    """A person by their id, which is theirs in one workspace alone."""

    workspace: str
    user: str


class People:
    """The table of choices; `usual` is the language of whoever has made none."""

    def __init__(self, engine: AsyncEngine, usual: Language) -> None:
        self._engine, self._usual = engine, usual

    async def language(self, workspace: str, user: str) -> Language:
        """The one to speak to that person in where nothing else tells it."""
        chosen = select(table.c.language).filter_by(workspace=workspace, user_id=user)
        async with self._engine.connect() as connection:
            return cast(Language, await connection.scalar(chosen)) or self._usual

    async def choose(self, workspace: str, user: str, language: Language) -> None:
        """The person's choice from now on."""
        said = {"language": language, "used_at": utc_now()}
        theirs = {"workspace": workspace, "user_id": user}
        async with changing(self._engine) as connection:
            await connection.execute(upsert(self._engine, table, theirs, said))

    async def used(self, workspace: str, user: str) -> None:
        """The person has looked at their home tab: a choice is kept for so long after that."""
        theirs = update(table).filter_by(workspace=workspace, user_id=user)
        async with changing(self._engine) as connection:
            await connection.execute(theirs.values(used_at=utc_now()))
