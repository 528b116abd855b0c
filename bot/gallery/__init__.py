"""Every kind of message that the bot can send, made from the record: to be looked at, and to be checked."""

from bot.gallery.kinds import Specimen, specimens

__all__ = ["Specimen", "specimens"]
