"""What is told to a text, and the memory of it."""

from datetime import date

from bot.dataset.dataset import Dataset
from bot.messages.kept import Kept
from handlers.told import LONGEST, Answers

DAY = date(2026, 11, 24)


async def test_the_same_text_after_the_same_question_is_told_the_same(dataset: Dataset) -> None:
    answers = Answers(dataset)
    first = await answers.to("and february?", "alumina exports March 2024", DAY)
    assert await answers.to("and february?", "alumina exports March 2024", DAY) is first
    assert first.question == "alumina exports February 2024 asked after March 2024"


async def test_another_question_before_it_or_another_day_is_worked_out_anew(dataset: Dataset) -> None:
    answers = Answers(dataset)
    after_alumina = await answers.to("and february?", "alumina exports March 2024", DAY)
    after_bauxite = await answers.to("and february?", "bauxite imports March 2024", DAY)
    assert after_bauxite.question == "bauxite imports February 2024 asked after March 2024"
    assert after_alumina.message != after_bauxite.message
    in_august = await answers.to("latest", "", date(2026, 8, 25))
    assert (await answers.to("latest", "", DAY)).message != in_august.message


async def test_the_memory_is_bounded(dataset: Dataset) -> None:
    answers = Answers(dataset, size=1)
    first = await answers.to("march 2024", "", DAY)
    await answers.to("april 2024", "", DAY)
    assert await answers.to("march 2024", "", DAY) is not first
    long = "march 2024 " + "please " * LONGEST
    assert await answers.to(long, "", DAY) is not await answers.to(long, "", DAY)


async def test_what_is_remembered_was_checked_against_slack_s_limits(dataset: Dataset) -> None:
    told = await Answers(dataset).to("alumina exports last 13 months", "", DAY)
    assert told.message.blocks
    assert all(isinstance(block, Kept) for block in told.message.blocks)
