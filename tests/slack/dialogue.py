"""Plays dialogues: steps in YAML of what people do in Slack, each with all that is shown then.

A step begins with who acts: `ana: text` says it, `ana: /text` types a command, `@` is a mention of the bot;
or with who and a verb (`ana presses: alert_here`): the methods of `Acts` are the verbs. `in` is the channel,
`as` names what was said and its answer for later steps, `under` is its thread, `at` is the answer. A step is
done for `each` value in the place of `$`, and is over once `until` so many messages have come; `x*3` is xxx.

What the bot shows is told whole: `bot` where it was spoken to, `alone` to who acts, `in CHANNEL` elsewhere;
for each message what it says (see `says`). `lacks` is in none of them; `offers` is all that can be pressed in
the last, `blocks` are parts of what it shows. What is told of the place that `replaces` names stands where
something stood, as after an edit. By the name of a query stand its rows.
"""

import re
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from copy import deepcopy
from itertools import groupby

import pytest

from bot.playground.limits import problems, view_problems
from bot.playground.people import ANA, BEN, GUEST
from bot.playground.workspace import Message
from bot.words import say
from tests.asked import spaced
from tests.hostile import texts
from tests.slack.acts import ROOM, Acts, Named
from tests.slack.desk import environment, http_bot, socket_bot
from tests.slack.events import action_ids, calls
from tests.tables import tables

PEOPLE = {"ana": ANA, "ben": BEN, "guest": GUEST}
Start = Callable[..., AbstractAsyncContextManager[None]]


class Stage(Acts):
    """Plays steps."""

    async def step(self, step):
        """Does it, and compares all that is shown then with what is told beside it."""
        step = deepcopy(step)
        if each := step.pop("each", ()):
            for value in each:
                await self.step({key: value if told == "$" else told for key, told in step.items()})
            return
        doer, what = next(iter(step.items()))
        who, _, verb = doer.partition(" ")
        self.here = Named(step.pop("in", ROOM), None)
        self.user = PEOPLE.get(who, "")
        if self.user or who == "slack":
            del step[doer]
            until = step.pop("until", 0)
            await getattr(self, verb or "says")(what, step)
            await self.slack.settle()
            await self.slack.wait_for(lambda: len(self.new()) >= until)
        new, lost = self.new(), len(self.seen.keys() - self.shown().keys())
        before, self.seen = self.seen, self.shown()
        assert step.pop("gone", lost) == lost
        self.last = new[-1] if new else self.last
        if verb == "edits" and self.here.is_answered and "bot" in step:
            step["replaces"] = "bot"
        self._named(what if verb == "edits" else step.pop("as", ""), new)
        anew = [self._place(each) for each in new if (each.channel, each.ts) not in before]
        assert step.pop("replaces", "") not in anew, new
        self._compare(step, new)

    def _named(self, name, new):
        if name:
            openly = [each for each in new if not each.visible_to]
            self.here.answer = [self.here.answer, *new, *openly][-1]
            self.named[name] = self.here
            if new and not self.here.ts:
                self.here.ts, self.here.thread = new[-1].ts, new[-1].thread_ts

    def _compare(self, step, new):
        found: dict[str, list[Message]] = {}
        for each in new:
            found.setdefault(self._place(each), []).append(each)
            assert each.files or problems(each.text, each.blocks) == []
            read = said(each) + shown_in(each.blocks)
            assert not [part for part in step.get("lacks", ()) if part in read], read
        wanted = {key: step.pop(key) for key in list(step) if key.split()[0] in ("bot", "alone", "in")}
        assert found.keys() == wanted.keys(), {
            place: [m.text for m in those] for place, those in found.items()
        }
        for place, those in wanted.items():
            told = [those] if isinstance(those, str) else those
            shown = [said(each) for each in found[place]]
            assert all(says(*each) for each in zip(shown, told, strict=True)), (shown, told)
        self._look(step)

    def _look(self, step):
        step.pop("lacks", ())
        if "offers" in step:
            assert self.last
            assert action_ids(self.last) == set(step.pop("offers"))
        if "blocks" in step:
            assert self.last
            assert all(part in shown_in(self.last.blocks) for part in parts_of(step.pop("blocks")))
        if "home" in step:
            told = "\n".join(spaced(text) for _, text in texts(self.slack.home.shown(self.user)))
            assert [part for part in parts_of(step.pop("home")) if part not in told] == []
            assert not [part for part in step.pop("home_lacks", ()) if part in told]
        if "modal" in step:
            self._modal(step.pop("modal"))
        for method, count in step.pop("calls", {}).items():
            assert len(calls(self.slack, method)) == count, method
        for name, rows in step.items():
            assert self.rows(name) == rows, name

    def _modal(self, wanted):
        view = self.slack.modals.shown(self.user)
        assert (view is None) == (wanted is None)
        if view is None or wanted is None:
            return
        assert view_problems(view.view) == []
        blocks = view.view["blocks"]
        beside = shown_in([each for each in blocks if each["type"] != "input"])
        for name, part in wanted.pop("errors", {}).items():
            assert part in view.errors[name], view.errors
        for part in parts_of(wanted.pop("says", "")):
            assert part in beside, (part, beside)
        assert wanted.pop("hints", "") in shown_in(blocks)
        fields = [each["block_id"] for each in blocks if each["type"] == "input"]
        chosen_in = {name: chosen(each) for inside in view.values.values() for name, each in inside.items()}
        button = (view.view.get("submit") or {}).get("text")
        found = {"title": view.view["title"]["text"], "button": button, "fields": fields} | chosen_in
        assert {name: found[name] for name in wanted} == wanted

    def _place(self, message):
        if message.visible_to:
            return "alone" if message.visible_to == self.user else f"alone {message.visible_to}"
        thread = message.thread_ts if message.is_reply() else None
        here = (message.channel, thread) == (self.here.channel, self.here.thread)
        return "bot" if here else f"in {message.channel}"


def chosen(value):
    """What a field of a modal holds."""
    if "selected_options" in value:
        return [each["value"] for each in value["selected_options"]]
    return value["selected_option"]["value"] if value.get("selected_option") else value.get("value")


def shown_in(blocks):
    return str(blocks).replace("\\xa0", " ")


def said(message):
    return spaced(message.text)


def says(text, told):
    """Whether a message says that: `= all of it`, `say NAME` of the catalogue, `^its beginning`, its parts
    in order with … between them.
    """
    if told.startswith(("say ", "= ")):
        return text == (sentence(*told.split(" ", 2)[1:]) if told.startswith("say ") else told[2:])
    pattern = ".*?".join(map(re.escape, parts_of(told.removeprefix("^"))))
    return bool((re.match if told.startswith("^") else re.search)(pattern, text, re.DOTALL))


def parts_of(text):
    return text.split("…")


def sentence(name, value=""):
    key, _, given = value.partition("=")
    return say(name, **{key: int(given) if given.isdigit() else given} if key else {})


def dialogues(file):
    """A test that plays each dialogue of the file; those that are `both_ways` by Socket Mode too."""
    told = tables(file)
    both, named = told.get("both_ways", {}), told.get("dialogues", {})
    cases = [pytest.param(http_bot, steps, id=name) for name, steps in (both | named).items()]
    cases += [pytest.param(socket_bot, steps, id=f"{name}, by socket") for name, steps in both.items()]

    @pytest.mark.parametrize(("start", "steps"), cases)
    async def played(slack, dataset, tmp_path, start, steps):
        stage = Stage(slack, tmp_path, told.get("queries", {}))
        for env, part in parts(steps):
            async with start(slack, dataset, environment(slack, tmp_path, **env)):
                for step in part:
                    await stage.step(step)

    return played


def parts(steps):
    """What happens between one start of the bot and the next, with the settings of that start."""
    env: dict[str, str] = {}
    for starts, group in groupby(steps, lambda step: "starts" in step):
        if starts:
            [env] = [step["starts"] for step in group]
        else:
            yield env, list(group)
