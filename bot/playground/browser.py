"""The page's side of the local Slack: its files, what it shows, and what a person does in it."""

from typing import TYPE_CHECKING, Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from bot.playground.composer import COMMANDS, SHORTCUTS, typed
from bot.playground.deliver import Reply
from bot.playground.exhibition import HEADERS, PAGE, Exhibition, Hang, attached
from bot.playground.feed import Feed

if TYPE_CHECKING:
    from bot.playground.slack import LocalSlack


class Browser:
    """What one person sees and does in a browser."""

    def __init__(self, slack: "LocalSlack", feed: Feed, reader: str, hang: Hang) -> None:
        self._slack, self._feed, self._reader = slack, feed, reader
        self._exhibition = Exhibition(hang)

    def routes(self) -> list[BaseRoute]:
        """Where the page finds all this; its files are last."""
        deeds = {
            "typed": self._typed,
            "pressed": self._pressed,
            "shortcut": self._shortcut,
            "home": self._home,
            "filled": self._filled,
            "submitted": self._submitted,
            "closed": self._closed,
            "advanced": self._advanced,
        }
        return [
            Route("/page/workspace", self._workspace),
            Route("/page/feed", self._events),
            *(Route(f"/page/{name}", deed, methods=["POST"]) for name, deed in deeds.items()),
            Route("/files/{file_id}/{name}", self._file),
            *self._exhibition.routes(),
            Mount("/", _Files(directory=PAGE, html=True)),
        ]

    async def _workspace(self, _request: Request) -> Response:
        """All that is to be seen now."""
        offered = {"commands": [each._asdict() for each in COMMANDS], "shortcuts": SHORTCUTS}
        return JSONResponse(self._feed.snapshot(self._reader) | offered)

    async def _events(self, _request: Request) -> Response:
        """What happens from now on."""
        events, headers = self._feed.listen(self._reader), {"Cache-Control": "no-store"}
        return StreamingResponse(events, media_type="text/event-stream", headers=headers)

    async def _file(self, request: Request) -> Response:
        """A file that the bot has shared."""
        return attached(self._slack.file(request.path_params["file_id"]))

    async def _typed(self, request: Request) -> Response:
        wanted = await _json(request, "text", "channel")
        if text := wanted["text"].strip():
            channel, thread_ts = self._channel(wanted), wanted.get("thread_ts")
            await typed(self._slack, text, user=self._reader, channel=channel, thread_ts=thread_ts)
        return _told(None)

    async def _pressed(self, request: Request) -> Response:
        """Presses a button or chooses an option, in a message or, without a channel, on the home tab."""
        wanted = await _json(request, "action_id")
        chosen: dict[str, Any] = {"user": self._reader, "value": wanted.get("value")}
        if wanted.get("channel") is None:
            return _told(await self._slack.home.press(wanted["action_id"], **chosen))
        channel, ts = self._channel(wanted), str(wanted.get("ts"))
        return _told(await self._slack.press(channel, ts, wanted["action_id"], **chosen))

    async def _shortcut(self, request: Request) -> Response:
        """Chooses a shortcut in the menu of a message."""
        wanted = await _json(request, "channel", "ts", "callback_id")
        which = self._channel(wanted), wanted["ts"], wanted["callback_id"]
        return _told(await self._slack.shortcut(*which, user=self._reader))

    async def _home(self, request: Request) -> Response:
        """Comes to the app's own place, to its home tab or to the messages there."""
        wanted = await _json(request, "tab")
        self._slack.home.open(wanted["tab"], user=self._reader)
        return _told(None)

    async def _filled(self, request: Request) -> Response:
        """Puts a value into a field of the open modal."""
        wanted = await _json(request, "block_id")
        block_id, value, entered = wanted["block_id"], wanted.get("value"), bool(wanted.get("entered"))
        await self._slack.modals.fill(block_id, value, user=self._reader, entered=entered)
        return _told(None)

    async def _submitted(self, request: Request) -> Response:
        await _json(request)
        return _told(await self._slack.modals.submit(user=self._reader))

    async def _closed(self, request: Request) -> Response:
        await _json(request)
        self._slack.modals.close(user=self._reader)
        return _told(None)

    async def _advanced(self, request: Request) -> Response:
        """Puts the clock forward, to tomorrow or to the next release."""
        wanted, timeline = await _json(request, "to"), self._slack.timeline
        if timeline is None or wanted["to"] not in ("day", "release"):
            raise HTTPException(404, "time does not go there")
        (timeline.next_day if wanted["to"] == "day" else timeline.to_next_release)()
        return _told(None)

    def _channel(self, wanted: dict[str, Any]) -> str:
        channel = self._slack.workspace.channels.get(str(wanted["channel"]))
        if channel is None or self._reader not in channel.members:
            raise HTTPException(404, "no such channel")
        return channel.id


async def not_there(_request: Request, error: Exception) -> Response:
    """Says in a sentence that what was pressed is gone."""
    return PlainTextResponse(str(error), 404)


def _told(reply: Reply | None) -> Response:
    failure = reply.failure if reply else ""
    return JSONResponse({"ok": not failure, "failure": failure})


async def _json(request: Request, *needed: str) -> dict[str, Any]:
    # A page of another origin cannot send this content type unasked.
    if request.headers.get("content-type", "").partition(";")[0] != "application/json":
        raise HTTPException(415, "application/json is expected")
    wanted = await request.json()
    if not isinstance(wanted, dict) or any(not isinstance(wanted.get(name), str) for name in needed):
        raise HTTPException(400, f"expected: {', '.join(needed)}")
    return wanted


class _Files(StaticFiles):
    """The page's files, allowed to load nothing from elsewhere."""

    def file_response(self, *args: Any, **kwargs: Any) -> Response:
        response = super().file_response(*args, **kwargs)
        response.headers.update(HEADERS)
        return response
