"""Response URLs: the five answers in half an hour that a command or a pressed button allows."""

import json
import time
import uuid
from dataclasses import dataclass, replace
from typing import Any

from bot.playground.arguments import ApiError
from bot.playground.content import content
from bot.playground.deliver import Reply
from bot.playground.people import SLACKBOT
from bot.playground.workspace import Message, Workspace

Json = dict[str, Any]

USES, SECONDS = 5, 30 * 60
# What the person sees when a command comes to nothing, by our word for the failure.
FAILED = {"http_timeout": "operation_timeout", "http_error": "http_service_error"}


@dataclass(frozen=True, slots=True)
class Permit:
    """What one response URL may still do; `origin` is the pressed message."""

    channel: str
    user: str
    expires: float
    origin: str | None = None
    uses: int = USES


class Responses:
    """The response URLs given out, and what is posted through them."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._permits: dict[str, Permit] = {}

    def permit(self, channel: str, user: str, origin: str | None = None) -> tuple[Permit, str]:
        """A new permit, and the secret last part of its URL."""
        secret = uuid.uuid4().hex
        self._permits[secret] = Permit(channel, user, time.time() + SECONDS, origin)
        return self._permits[secret], secret

    def __contains__(self, secret: str) -> bool:
        return secret in self._permits

    def respond(self, secret: str, answer: Json) -> None:
        """Shows, posts, replaces or deletes as the answer says; a refusal is an ApiError."""
        permit = self._permits[secret]
        if permit.expires < time.time():
            raise ApiError("expired_url")
        if permit.uses == 0:
            raise ApiError("used_url")
        self.answer(permit, answer)
        self._permits[secret] = replace(permit, uses=permit.uses - 1)

    def answer(self, permit: Permit, answer: Json) -> None:
        """The same without counting: for what stands in the body of an acknowledgement."""
        original = self._workspace.find(permit.channel, permit.origin) if permit.origin else None
        if original and answer.get("delete_original"):
            self._workspace.delete(original)
            return
        text, blocks = str(answer.get("text") or ""), list(answer.get("blocks") or [])
        parts = content(self._workspace, text, blocks)
        if original and answer.get("replace_original"):
            self._workspace.change(original, **parts)
        else:
            self._new(permit, original, answer, parts)

    def acknowledged(self, permit: Permit, reply: Reply, command: str) -> None:
        """Shows what the acknowledgement of a command says; where it comes to nothing, Slackbot tells why."""
        try:
            if reply.failure:
                raise ApiError(FAILED.get(reply.failure, "dispatch_failed"))
            if reply.body.strip():
                plain = not reply.body.lstrip().startswith("{")
                self.answer(permit, {"text": reply.body} if plain else json.loads(reply.body))
        except (ValueError, ApiError) as error:
            told = f'{command} failed with the error "{error}"'
            self._workspace.show(permit.channel, permit.user, SLACKBOT, told)

    def _new(self, permit: Permit, original: Message | None, answer: Json, parts: Json) -> None:
        space = self._workspace
        thread_ts = answer.get("thread_ts") or (original.thread_ts if original else None)
        parts |= {"bot_id": space.bot_id, "thread_ts": thread_ts}
        if answer.get("response_type") == "in_channel":
            space.post(permit.channel, space.bot, metadata=answer.get("metadata"), **parts)
        else:
            space.show(permit.channel, permit.user, space.bot, **parts)
