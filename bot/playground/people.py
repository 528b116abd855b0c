"""Who and what is in the local workspace to begin with."""

import time
from collections.abc import Callable

from bot.playground.workspace import Channel, User, Workspace
from bot.profile import profile

TEAM, PARTNER_TEAM = "T0LOCAL", "T0PARTNER"
BOT, BOT_ID, APP_ID = "U0ALUMINA", "B0ALUMINA", "A0ALUMINA"
ANA, BEN, GUEST, SLACKBOT = "U_ANA", "U_BEN", "U_GUEST", "USLACKBOT"

USERS = (
    User(ANA, "ana", "Ana Ruiz", TEAM, zone="Europe/Madrid", is_admin=True),
    User(BEN, "ben", "Ben Okafor", TEAM, zone="Europe/London"),
    User(GUEST, "mei", "Mei Tan (Smelter Co)", PARTNER_TEAM),
    User(BOT, "alumina", "Alumina", TEAM, is_bot=True),
    User(SLACKBOT, "slackbot", "Slackbot", TEAM, is_bot=True),
)
STAFF = frozenset({ANA, BEN})


def channels() -> tuple[Channel, ...]:
    """The channel of the trade that the data folder holds, and some others."""
    own = profile()
    return (
        Channel(own.channel_id, own.channel, "channel", STAFF | {BOT}, f"{own.title_en}, month by month"),
        Channel("C_GENERAL", "general", "channel", STAFF, "Everything else"),
        Channel("C_DESK", "trading-desk", "group", STAFF | {BOT}, "Private: the desk"),
        Channel(
            "C_PARTNERS",
            "smelter-co",
            "channel",
            STAFF | {BOT, GUEST},
            "Shared with Smelter Co",
            is_ext_shared=True,
        ),
        Channel("D_ANA", "Alumina", "im", frozenset({ANA, BOT}), "Only you and Alumina"),
        Channel("D_BEN", "Alumina", "im", frozenset({BEN, BOT}), "Only you and Alumina"),
    )


def new_workspace(clock: Callable[[], float] = time.time) -> Workspace:
    """A fresh workspace with these people and channels, and nothing said in it."""
    ours = {"bot": BOT, "bot_id": BOT_ID, "app_id": APP_ID}
    return Workspace(team=TEAM, name="Metal Desk", users=USERS, channels=channels(), clock=clock, **ours)
