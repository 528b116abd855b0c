"""The gallery's side of the local Slack: its page, its specimens as the page shows them, its files."""

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Route

from bot.gallery import Specimen
from bot.messages.message import File, Message
from bot.playground import people
from bot.playground.files import File as Shared
from bot.playground.views import held_at_first

PAGE = Path(__file__).parent / "page" / "gallery.html"
Hang = Callable[[], Sequence[Specimen]]


class Exhibition:
    """What hangs in the gallery, made when it is first looked at; `hang` makes it."""

    def __init__(self, hang: Hang, headers: dict[str, str]) -> None:
        self._hang, self._headers = hang, headers
        self._made: Sequence[Specimen] | None = None

    def routes(self) -> list[BaseRoute]:
        """The page, what it shows, and the files in it."""
        return [
            Route("/gallery", self.page),
            Route("/page/gallery", self.specimens),
            Route("/gallery/{at:int}/{name}", self.file),
        ]

    async def page(self, request: Request) -> Response:
        """The page itself."""
        return FileResponse(PAGE, headers=self._headers)

    async def specimens(self, request: Request) -> Response:
        """All of it, and who is who in it."""
        users = {user.id: {"name": user.real_name, "is_bot": user.is_bot} for user in people.USERS}
        places = {place.id: {"name": place.name} for place in people.CHANNELS}
        shown = [_as_json(at, each) for at, each in enumerate(await self._specimens())]
        return JSONResponse(
            {"users": users | places, "bot": people.BOT, "me": people.ANA, "specimens": shown}
        )

    async def file(self, request: Request) -> Response:
        """The file of a message."""
        at: int = request.path_params["at"]
        hung = await self._specimens()
        found = hung[at].content if at < len(hung) else None
        if not isinstance(found, Message) or found.file is None:
            raise HTTPException(404, "no such file")
        shared = _shared(found.file)
        kept = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(shared.name)}"}
        return Response(shared.content, media_type=shared.mimetype, headers=self._headers | kept)

    async def _specimens(self) -> Sequence[Specimen]:
        if self._made is None:  # in a thread: the bot goes on answering meanwhile
            self._made = await asyncio.to_thread(self._hang)
        return self._made


def _as_json(at: int, specimen: Specimen) -> dict[str, Any]:
    about = {"name": specimen.name, "kind": specimen.kind, "group": specimen.group, "asked": specimen.asked}
    about["language"] = specimen.language
    content = specimen.content
    if not isinstance(content, Message):
        return about | {"view": content, "values": held_at_first(content)}
    files = [_named(at, content.file)] if content.file else []
    message = {"text": content.text, "blocks": content.blocks, "files": files}
    return about | {"message": message}


def _named(at: int, file: File) -> dict[str, Any]:
    named = _shared(file).as_json(people.BOT)
    return named | {"url_private": f"/gallery/{at}/{file.name}"}


def _shared(file: File) -> Shared:
    return Shared("F0", file.name, len(file.content), file.content, file.title)
