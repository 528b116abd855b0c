"""A question and what is answered to it, as published; and what becomes of one that is not answered."""

from bot.playground.deliver import Retry

CHANNEL = "C_ALUMINIUM"
ASKED = "alumina exports march 2024"
MENTION = f"<@U0ALUMINA> {ASKED}"
MARCH, APRIL = "140 kt, +169.6 %", "Alumina exports, April 2024"
AGAIN = Retry(1, "http_timeout")  # an event that Slack sends again
LEFT = "UPDATE inbox SET state = 'taken', lease_until = '2026-01-01'"  # as a process leaves it that dies
