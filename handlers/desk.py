"""What every listener works with in one workspace: text or question in, reply out; who asks or presses."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from typing import Any, TypeVar

from slack_bolt.async_app import AsyncBoltContext
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.dataset.dataset import Dataset, Taught
from bot.errors import StoredValueError
from bot.feedback import Feedback
from bot.metrics import QUESTIONS, STAGES
from bot.posts.courier import Person
from bot.posts.order_service import OrderService
from bot.questions import words
from bot.questions.question import Question
from bot.questions.turn import Turn
from bot.reply import NOTHING, Reply, reply_to, reply_to_text
from bot.settings import Settings
from bot.slack.inbox import Inbox, Request
from bot.slack.threads import Contexts, Threads
from bot.slack.transcript import Said, Thread, is_direct, thread_of
from bot.slack.web_client import Identity, Seat
from bot.store.figures import Figures
from bot.taught_words import TaughtWords
from bot.words import say, speak, speaking
from bot.worker import Worker
from handlers.places import Places
from handlers.rate_limit import RateLimit

SPOKEN = (None, "thread_broadcast", "file_share")  # the subtypes of what a person writes
NO_REQUEST = Request("", "", "")

Body = Mapping[str, Any]  # a request as Slack sends it
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Desk:
    """What a handler works with, in one workspace."""

    settings: Settings
    dataset: Dataset
    client: AsyncWebClient
    identity: Identity
    threads: Threads
    contexts: Contexts
    inbox: Inbox
    rate_limit: RateLimit
    places: Places
    orders: OrderService
    feedback: Feedback
    figures: Figures
    owner: Person | None
    worker: Worker
    words: TaughtWords
    taught: Taught = ()  # of this workspace
    asked: Request = NO_REQUEST  # that is worked on

    @property
    def team(self) -> str:
        """The workspace that the bot sits in."""
        return self.identity.team_id

    def team_of(self, context: AsyncBoltContext) -> str:
        """The workspace that a request comes from; ours where Slack does not say."""
        return context.team_id or self.team

    @property
    def record(self) -> Dataset:
        """The dataset of the day that the bot lives on, in the words of the workspace."""
        return self.dataset.on(self.settings.today()).with_words(self.taught)

    def without_mention(self, text: str) -> str:
        """Returns the text without the bot's name in it."""
        return text.replace(self.identity.mention, " ").strip()

    def words_of(self, question: Question) -> str:
        """The words of a question in its own language."""
        with speaking(question.language):
            return words(question, self.record.catalogue)

    async def answer(self, text: str, user: str, before: Turn = NOTHING, *, addressed: bool = True) -> Reply:
        """Returns the reply to a typed text, read as a follow-up of what the thread keeps."""
        return await self._reply(partial(reply_to_text, text, before, addressed=addressed), user)

    async def answer_question(self, question: Question, user: str) -> Reply:
        """Returns the reply to the question of a button."""
        return await self._reply(partial(reply_to, question), user)

    async def worked_out(self, work: Callable[[Dataset], T], user: str) -> T:
        """Returns what some work on the record comes to, in its turn."""
        return await self.worker.run(user, partial(_spoken, self.taught, work) if self.taught else work)

    async def _reply(self, work: Callable[[Dataset], Reply], user: str) -> Reply:
        reply = await self.worked_out(work, user)
        speak(reply.language)  # what is said around it from here on
        QUESTIONS(reply.outcome, reply.view).inc()
        for stage, spent in reply.seconds.items():
            STAGES(stage).observe(spent)
        return reply

    async def is_first_press(self, place: str, button: str) -> bool:
        """Whether nobody has pressed that button in the last seconds; a press that was left is its own."""
        return self.asked.left or await self.inbox.is_first_press(self.team, place, button)

    def recalled(self, kept: str) -> tuple[Turn, str]:
        """What a thread keeps, and the sentence for where that cannot be read: then nothing."""
        try:
            turn = Turn.from_json(kept)
            for question in (*turn.shown, *turn.offered):
                on_record(question, self.record)
        except StoredValueError:
            return NOTHING, say("replies.older_thread")
        return turn, ""


def _spoken(taught: Taught, work: Callable[[Dataset], T], dataset: Dataset) -> T:
    return work(dataset.with_words(taught))


def pressed_question(value: str, record: Dataset) -> Question:
    """Parses the question of a pressed button; StoredValueError where it is none of ours."""
    return on_record(Question.from_json(value), record)


def on_record(question: Question, record: Dataset) -> Question:
    """The question; StoredValueError where one of its series is not among the record's."""
    if unknown := set(question.commodities) - set(record.catalogue):
        raise StoredValueError(f"There is no series {', '.join(sorted(unknown))} in the data.")
    return question


Next = Callable[[], Awaitable[BoltResponse | None]]
DeskOf = Callable[[Seat], Desk]


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, what, and where."""

    team: str
    user: str
    channel: str
    text: str = ""  # typed, or the words of what was pressed
    thread_ts: str | None = None  # that the answer goes into
    strange: bool = False  # the thread is not known to be ours
    addressed: bool = True  # they spoke to us
    url: str = ""  # the response_url, by which they alone can be shown something
    trigger_id: str = ""  # opens a modal, for three seconds
    last: Question | None = None  # of their thread


@dataclass(frozen=True, slots=True)
class Press(Asker):
    """Who presses what; `thread_ts` is that of the thread in which the message stands below another one."""

    action_id: str = ""
    value: str = ""  # came through Slack's client: it is parsed and checked
    ts: str = ""  # the message's
    alone: bool = False  # only the presser sees it
    shown: Said = field(default_factory=dict)  # the message as Slack sent it along; empty where `alone`
    view: Body = field(default_factory=dict)  # the home tab or the modal instead

    @property
    def thread(self) -> Thread:
        """The thread of the message, which it may begin itself."""
        return thread_of(self.team, self.channel, self.ts, self.thread_ts)

    async def standing(self, desk: Desk) -> Said | None:
        """The message as it stands now; None where it is gone, is not ours, or only one person sees it."""
        said = None if self.alone else await desk.threads.message(self.thread, self.ts)
        return said if said and said.get("user") == desk.identity.user_id else None


def is_persons(said: Said) -> bool:
    """Whether a person wrote a message."""
    return bool(said.get("user")) and not said.get("bot_id") and said.get("subtype") in SPOKEN


def message_request(message: Said, channel: str, team: str) -> Request:
    """Returns where a message stands; what begins no thread yet is answered in the one that it begins."""
    thread = thread_of(team, channel, message["ts"], message.get("thread_ts"))
    return Request(team, channel, message["ts"], thread.ts)


def writer_of(message: Said, request: Request, desk: Desk) -> Asker:
    """Who wrote a message that is written down, in which words, and whether to us."""
    text, place = str(message.get("text") or ""), request.thread.posted_in
    addressed = is_direct(request.channel) or desk.identity.mention in text
    user, typed = str(message.get("user", "")), desk.without_mention(text)
    return Asker(request.team, user, request.channel, typed, place, addressed=addressed)


def asker_of(body: Body, team: str) -> Asker:
    """Who sent a command, pressed something or chose a shortcut, and where."""
    user = body.get("user_id") or body["user"]["id"]
    channel = body.get("channel_id") or (body.get("channel") or {}).get("id", "")
    opened = {"url": body.get("response_url", ""), "trigger_id": body.get("trigger_id", "")}
    return Asker(team, user, channel, **opened)


def press_of(body: Body, team: str) -> Press:
    """The press that a payload tells of. An ephemeral message has no `message` in it, only its place."""
    [action, *_] = body["actions"]
    container, shown = body.get("container") or {}, body.get("message") or {}
    ts, thread_ts = container.get("message_ts", ""), container.get("thread_ts") or shown.get("thread_ts")
    return Press(
        **asdict(replace(asker_of(body, team), thread_ts=thread_ts if thread_ts != ts else None)),
        action_id=action["action_id"],
        value=str((action.get("selected_option") or action).get("value") or ""),
        ts=ts,
        alone=bool(container.get("is_ephemeral")) or not shown,
        shown=shown,
        view=body.get("view") or {},
    )


def value_in(message: Said, action_id: str) -> str:
    """The value of the first element of that name in a message; '' for none."""
    elements = (each for block in message.get("blocks") or () for each in block.get("elements") or ())
    return next((str(each.get("value") or "") for each in elements if each.get("action_id") == action_id), "")
