"""Slack's limits: what just fits is taken, one more is refused under Slack's name at the right place."""

import re

from bot.playground.limits import problems, view_problems
from tests.tables import looped, tables

CASES = tables("playground/limits.yaml")
TEXTS = [(most, "/blocks", blocks, "msg_blocks_too_long") for most, blocks in CASES["texts"]]
LONG, SECTION = "x" * 4_001, {"type": "section", "text": {"type": "mrkdwn", "text": "x"}}


def made(of, number, at=0):
    """What a template makes of a number; `at` is its place among as many."""
    if isinstance(of, dict):
        return {name: made(each, number, at) for name, each in of.items()}
    if isinstance(of, list):
        return [one for each in of for one in repeated(each, number, at)]
    if isinstance(of, str) and (found := re.fullmatch(r"(.)\*(N|\d+)", of)):
        return found[1] * (number if found[2] == "N" else int(found[2]))
    return of.replace("@", str(at)) if isinstance(of, str) else of


def repeated(of, number, at):
    [(times, one), *more] = of.items() if isinstance(of, dict) and of else [("", "")]
    if more or not (times == "N" or isinstance(times, int)):
        return [made(of, number, at)]
    return [made(one, number, at) for at in range(number if times == "N" else times)]


def told(blocks):
    return {(each.pointer, each.error) for each in problems("text", blocks)}


@looped(
    ("most", "pointer", "blocks", "error"), [*((*each, "invalid_blocks") for each in CASES["bounds"]), *TEXTS]
)
def test_what_fits_is_taken_one_more_refused(most, pointer, blocks, error):
    assert told(made(blocks, most)) == set()
    assert (pointer, error) in told(made(blocks, most + 1))


@looped("blocks", CASES["fit"])
def test_what_may_stand_together_is_taken(blocks):
    assert told(made(blocks, 1)) == set()


@looped(("pointer", "blocks"), CASES["refused"].values())
def test_what_slack_does_not_know_is_refused(pointer, blocks):
    assert (pointer, "invalid_blocks") in told(made(blocks, 1))


BOUNDED = [("", [], ["no_text"]), (LONG, [], ["msg_too_long"]), (LONG, [SECTION], ["msg_too_long"])]


@looped(("text", "blocks", "errors"), [*BOUNDED, (LONG[1:], [], []), ("", [SECTION], [])])
def test_text_is_needed_and_bounded(text, blocks, errors):
    assert [found.error for found in problems(text, blocks)] == errors


def test_all_that_is_wrong_is_told_at_once():
    header = {"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}
    section = {"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3_001}}
    assert {pointer for pointer, _ in told([section, header])} == {
        "/blocks/0/text/text",
        "/blocks/1/text/text",
    }


@looped(("pointer", "changed"), CASES["views"])
def test_each_breach_of_a_view_is_named_where_it_is(pointer, changed):
    assert view_problems(made(CASES["view"], 1)) == []
    broken = {name: value for name, value in (CASES["view"] | changed).items() if value is not None}
    assert view_problems(made(broken, 1))[0].pointer == pointer
