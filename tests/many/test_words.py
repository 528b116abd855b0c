"""What one workspace has taught no other reads, lists or takes away."""

from bot.playground.space import Space
from tests.gear.slack import LocalSlack
from tests.many.conftest import StartBot
from tests.many.installing import install
from tests.many.test_install import MARCH


async def told(slack: LocalSlack, space: Space, text: str) -> str:
    """What anybody, or who typed it, reads after a command."""

    def heard() -> list[str]:
        openly = [each for each in space.workspace.everything("C_ALUMINIUM") if each.bot_id]
        messages = sorted((*openly, *space.ephemerals()), key=lambda each: float(each.ts))
        return [each.text for each in messages]

    before = len(heard())
    await space.command(text)
    await slack.wait_for(lambda: len(heard()) > before)
    await slack.settle()
    return heard()[-1]


async def test_a_word_is_of_one_workspace(slack: LocalSlack, other: Space, serve: StartBot) -> None:
    async with serve():
        for space in (slack, other):
            await install(slack, space)
        assert "now means" in await told(slack, slack, "word RX alumina")
        assert MARCH in await told(slack, slack, "RX exports march 2024")
        assert MARCH not in await told(slack, other, "RX exports march 2024")
        assert "no words of its own" in await told(slack, other, "words")
        assert "is not one of" in await told(slack, other, "word remove RX")
        assert "now means Bauxite" in await told(slack, other, "word RX bauxite")
        assert MARCH in await told(slack, slack, "RX exports march 2024")
