"""One workspace of the local Slack: what people do there, how the bot hears of it, and what it may do."""

from collections.abc import Mapping
from typing import Any

from bot.playground import people
from bot.playground.deliver import Kind, Reply
from bot.playground.files import Files
from bot.playground.outgoing import Outgoing
from bot.playground.payloads import action_payload, command_form, envelope, events_of, shortcut_payload
from bot.playground.presses import GoneError, press
from bot.playground.pulse import Pulse
from bot.playground.responses import Permit, Responses
from bot.playground.surfaces import HomeTab, Modals
from bot.playground.views import Views
from bot.playground.webapi import WebApi
from bot.playground.workspace import Change, Message, Workspace
from bot.profile import profile


class Space:
    """Its people type, press and read. `scopes` is what it has granted to the bot, and may change.

    `url` is where the local Slack is, once it is.
    """

    def __init__(
        self, workspace: Workspace, scopes: set[str], files: Files, outgoing: Outgoing, pulse: Pulse
    ) -> None:
        self.workspace, self.scopes, self.url = workspace, scopes, ""
        self._outgoing, self._pulse = outgoing, pulse
        self.views = Views(workspace)
        self.webapi = WebApi(workspace, scopes, files, self.views)
        self.responses = Responses(workspace)
        self.modals = Modals(workspace, self.views, self.interact)
        self.home = HomeTab(workspace, self.views, self.interact, self.announce)
        workspace.listeners.append(self._tell_bot)

    async def command(
        self, text: str, *, user: str = people.ANA, channel: str | None = None, command: str = "/alumina"
    ) -> Reply:
        """Sends a slash command and returns the bot's acknowledgement; what it says is shown as in Slack."""
        channel = channel or profile().channel_id
        permit, url = self._permit(channel, user)
        form = command_form(
            self.workspace, command=command, text=text, user=user, channel=channel, response_url=url
        )
        reply = await self._ask("slash_commands", form, user)
        self.responses.acknowledged(permit, reply, command)
        return reply

    async def say(
        self, text: str, *, user: str = people.ANA, channel: str | None = None, thread_ts: str | None = None
    ) -> str:
        """A person says something; its timestamp. The bot hears of it in the background."""
        return self.workspace.post(channel or profile().channel_id, user, text, thread_ts=thread_ts).ts

    async def press(
        self, channel: str, ts: str, action_id: str, *, user: str = people.ANA, value: str | None = None
    ) -> Reply:
        """A person presses a button of a message, an ephemeral one too; or chooses `value` in an element."""
        message = self._message(channel, ts)
        pressed = press(message.blocks, action_id, value, user)
        _, url = self._permit(channel, user, ts)
        return await self.interact(
            action_payload(self.workspace, message, pressed, user=user, response_url=url)
        )

    async def shortcut(
        self, channel: str, ts: str, callback_id: str = "ask_about", *, user: str = people.ANA
    ) -> Reply:
        """A person chooses one of the app's shortcuts in the menu of a message."""
        message = self._message(channel, ts)
        _, url = self._permit(channel, user, ts)
        return await self.interact(
            shortcut_payload(self.workspace, message, callback_id, user=user, response_url=url)
        )

    async def interact(self, payload: dict[str, Any]) -> Reply:
        """Sends what a person did with an element, a view or a shortcut; what the bot says to it."""
        return await self._ask("interactive", payload, payload["user"]["id"])

    def announce(self, event: Mapping[str, Any]) -> None:
        """Sends an event in the background."""
        self._outgoing.announce(envelope(self.workspace, dict(event)))

    def slackbot(self, channel: str, reader: str, text: str, thread_ts: str | None = None) -> None:
        """Slackbot tells one reader something."""
        self.workspace.show(channel, reader, people.SLACKBOT, text, thread_ts=thread_ts)

    def messages(self, channel: str | None = None, thread_ts: str | None = None) -> list[Message]:
        """What stands in the channel, or the replies of one of its threads; oldest first."""
        channel = channel or profile().channel_id
        if thread_ts is None:
            return self.workspace.top_level(channel)
        return self.workspace.replies(channel, thread_ts)

    def ephemerals(self, user: str = people.ANA) -> list[Message]:
        """What this person alone was shown, oldest first."""
        return [message for message in self.workspace.ephemerals if message.visible_to == user]

    async def _ask(self, kind: Kind, payload: Mapping[str, Any], user: str) -> Reply:
        self.views.grant(payload["trigger_id"], user)
        return await self._outgoing.ask(kind, payload)

    def _permit(self, channel: str, user: str, origin: str | None = None) -> tuple[Permit, str]:
        permit, secret = self.responses.permit(channel, user, origin)
        return permit, f"{self.url}/response/{secret}"

    def _message(self, channel: str, ts: str) -> Message:
        if (message := self.workspace.find(channel, ts)) is None:
            raise GoneError(f"There is no message {ts} in {channel}.")
        return message

    def _tell_bot(self, change: Change) -> None:
        self._pulse.beat()
        for event in events_of(self.workspace, change, self.scopes):
            self.announce(event)
