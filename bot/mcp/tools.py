"""The tools: each a call into the answers, its result the document of the command line. Pure.

All of it can be worked out in another process: what comes back is small, and needs no record.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import ValidationError

from bot.answers.answer import Answer
from bot.answers.conversation import converse
from bot.answers.respond import respond
from bot.dataset.dataset import Dataset
from bot.errors import UsageError
from bot.mcp import inputs
from bot.mcp.inputs import Inputs, shown
from bot.messages.document import document
from bot.messages.for_programs import Json
from bot.questions.question import Question
from bot.questions.reading import Reading
from bot.words import Language, say, speaking
from bot.words.joints import listed


@dataclass(frozen=True, slots=True)
class Result:
    """The document of an answer; `is_wrong`: of arguments that cannot be answered."""

    document: Json
    is_wrong: bool = False


def _ask(given: inputs.AskInputs, dataset: Dataset) -> Answer:
    """The answer to the last turn."""
    *_, answer = converse([*given.earlier, given.question], dataset)
    return answer


def _of(asked: Callable[[Any, Dataset], Question]) -> Callable[[Any, Dataset], Answer]:
    return lambda given, dataset: respond(asked(given, dataset), dataset)


TOOLS: Mapping[str, tuple[type[Inputs], Callable[[Any, Dataset], Answer]]] = {
    "ask": (inputs.AskInputs, _ask),
    "figures": (inputs.FigureInputs, _of(inputs.figures_asked)),
    "coverage": (inputs.CoverageInputs, _of(inputs.coverage_asked)),
    "releases": (inputs.ReleaseInputs, _of(inputs.releases_asked)),
}


def call(name: str, arguments: Mapping[str, Any], day: date, dataset: Dataset) -> Result:
    """What a tool answers on that day; to wrong arguments, what is wrong and what there is instead."""
    known = dataset.on(day)
    spoken: Language = "zh" if arguments.get("language") == "zh" else "en"
    with speaking(spoken):
        try:
            if name not in TOOLS:
                raise UsageError(say("mcp.no_tool", name=shown(name), known=listed([*TOOLS])))
            kind, answer = TOOLS[name]
            return Result(document(answer(kind.model_validate(arguments), known)))
        except ValidationError as problem:
            sentence = _sentence(problem)
        except UsageError as problem:
            sentence = str(problem)
    refused = respond(Reading("not_understood", language=spoken), known)
    return Result(document(refused._replace(reading=None, refusal=sentence)), is_wrong=True)


def _sentence(problem: ValidationError) -> str:
    """What is wrong with the first of the arguments that are; says nothing of its value."""
    error = problem.errors(include_url=False, include_context=False, include_input=False)[0]
    name = shown(str(next(iter(error["loc"]), "?")))  # a key that is no text has no place
    return say("mcp.wrong_argument", name=name, why=error["msg"])
