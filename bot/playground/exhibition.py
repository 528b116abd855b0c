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
from bot.messages.blocks import Message
from bot.playground import people
from bot.playground.files import File
from bot.playground.views import held_at_first

PAGE = Path(__file__).parent / "page"
HEADERS = {
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'",
    "Cache-Control": "no-cache",
}

Hang = Callable[[], Sequence[Specimen]]


class Exhibition:
    """What hangs in the gallery, made when it is first looked at; `hang` makes it."""

    def __init__(self, hang: Hang) -> None:
        self._hang = hang
        self._made: Sequence[Specimen] | None = None

    def routes(self) -> list[BaseRoute]:
        """The page, what it shows, and the files in it."""
        return [
            Route("/gallery", self._page),
            Route("/page/gallery", self._shown),
            Route("/gallery/{at:int}/{name}", self._file),
        ]

    async def _page(self, _request: Request) -> Response:
        return FileResponse(PAGE / "gallery.html", headers=HEADERS)

    async def _shown(self, _request: Request) -> Response:
        """All of it, and who is who in it."""
        users = {user.id: {"name": user.real_name, "is_bot": user.is_bot} for user in people.USERS}
        users |= {place.id: {"name": place.name} for place in people.channels()}
        shown = [_as_json(at, each) for at, each in enumerate(await self._specimens())]
        return JSONResponse({"users": users, "bot": people.BOT, "me": people.ANA, "specimens": shown})

    async def _file(self, request: Request) -> Response:
        at, hung = request.path_params["at"], await self._specimens()
        return attached(_file_of(hung[at]) if at < len(hung) else None)

    async def _specimens(self) -> Sequence[Specimen]:
        if self._made is None:  # in a thread: the bot goes on answering meanwhile
            self._made = await asyncio.to_thread(self._hang)
        return self._made


def attached(file: File | None) -> Response:
    """A file, to be kept; 404 where there is none."""
    if file is None:
        raise HTTPException(404, "no such file")
    kept = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(file.name)}"}
    return Response(file.content, media_type=file.mimetype, headers=HEADERS | kept)


def _as_json(at: int, specimen: Specimen) -> dict[str, Any]:
    about = {name: getattr(specimen, name) for name in ("name", "group", "asked", "language")}
    content = specimen.content
    about["kind"] = "message" if isinstance(content, Message) else content["type"]
    if not isinstance(content, Message):
        return about | {"view": content, "values": held_at_first(content)}
    file = _file_of(specimen)
    files = [file.as_json(people.BOT) | {"url_private": f"/gallery/{at}/{file.name}"}] if file else []
    return about | {"message": {"text": content.text, "blocks": content.blocks, "files": files}}


def _file_of(specimen: Specimen) -> File | None:
    content = specimen.content
    if not isinstance(content, Message) or content.file is None:
        return None
    file = content.file
    return File("F0", file.name, len(file.content), file.content, file.title)
