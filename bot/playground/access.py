"""What the bot may do in the local workspace: by its scopes, its channels, and whose a message is."""

from dataclasses import dataclass

from bot.playground.arguments import ApiError, Arguments
from bot.playground.files import Files
from bot.playground.views import Views
from bot.playground.workspace import Channel, Message, Workspace


@dataclass
class Access:
    """Looks up what a call names; what the bot may not is an ApiError, as Slack has it.

    `scopes` are what the workspace granted and may change at any time.
    """

    workspace: Workspace
    scopes: set[str]
    files: Files
    views: Views

    def need(self, scope: str) -> None:
        """missing_scope where the token was not granted it."""
        if scope not in self.scopes:
            raise ApiError("missing_scope", needed=scope, provided=",".join(sorted(self.scopes)))

    def channel(self, arguments: Arguments, name: str = "channel") -> Channel:
        """The channel named there; one that the bot cannot see is not found."""
        channel = self.workspace.find_channel(arguments.required(name))
        if channel is None or (channel.kind != "channel" and self.workspace.bot not in channel.members):
            raise ApiError("channel_not_found")
        return channel

    def channel_to_write(self, arguments: Arguments, name: str = "channel") -> Channel:
        """A channel that the bot may post in."""
        channel = self.channel(arguments, name)
        public = channel.kind == "channel" and "chat:write.public" in self.scopes
        if self.workspace.bot not in channel.members and not public:
            raise ApiError("not_in_channel")
        if channel.is_archived:
            raise ApiError("is_archived")
        return channel

    def channel_to_read(self, arguments: Arguments) -> Channel:
        """A channel that the bot may read."""
        channel = self.channel(arguments)
        self.need(f"{channel.family}:history")
        if self.workspace.bot not in channel.members:
            raise ApiError("not_in_channel")
        return channel

    def own_message(self, arguments: Arguments, refusal: str) -> Message:
        """The message named there, where the bot may change it; else the refusal."""
        channel = self.channel(arguments)
        message = self.workspace.find(channel.id, arguments.required("ts"))
        if message is None or message.visible_to:
            raise ApiError("message_not_found")
        if message.user != self.workspace.bot:
            raise ApiError(refusal)
        return message
