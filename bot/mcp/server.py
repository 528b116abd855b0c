"""The MCP server: tools, resources and the prompt, whatever brings the requests; over stdin and stdout."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import mcp_types as types
from mcp.server.context import ServerRequestContext
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server
from mcp.shared.exceptions import MCPError

from bot.dataset.calendar import Month
from bot.dataset.data_files import data_folder, read_utf8
from bot.dataset.dataset import Dataset
from bot.errors import UsageError
from bot.mcp.inputs import schema_of, shown
from bot.mcp.texts import TEXTS, filled, glossary, instructions, newest_month
from bot.mcp.tools import TOOLS, Result, call
from bot.messages.for_programs import Json
from bot.metrics import asked
from bot.settings import Settings
from bot.version import PROJECT, installed_version
from bot.words import say
from bot.worker import FairWorker

NAME = PROJECT
READ_ONLY = types.ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)
SCHEMA: Json = json.loads(Path(__file__).with_name("document.json").read_text(encoding="utf-8"))
PROMPT, MARKDOWN = "monthly_note", "text/markdown"

Context = ServerRequestContext[Any, Any]
# Works a call out for whoever sent the request, in their turn; UsageError where they ask too much.
Work = Callable[[Context, Callable[[Dataset], Result]], Awaitable[Result]]


@dataclass(frozen=True, slots=True)
class Service:
    """What the server answers to each kind of request."""

    settings: Settings
    dataset: Dataset
    work: Work

    @property
    def record(self) -> Dataset:
        """The dataset of the day that the bot lives on."""
        return self.dataset.on(self.settings.today())

    async def list_tools(self, _context: Context, _params: object) -> types.ListToolsResult:
        """The tools, with the series that there are."""
        made = [
            types.Tool(
                name=name,
                title=TEXTS["tools"][name]["title"],
                description=filled(TEXTS["tools"][name]["description"]),
                input_schema=schema_of(inputs, self.record),
                output_schema=SCHEMA,
                annotations=READ_ONLY,
            )
            for name, (inputs, _) in TOOLS.items()
        ]
        return types.ListToolsResult(tools=made)

    async def call_tool(self, context: Context, params: types.CallToolRequestParams) -> types.CallToolResult:
        """The document of the answer, as structure and as text."""
        work = partial(call, params.name, params.arguments or {}, self.settings.today())
        try:
            result = await self.work(context, work)
        except UsageError as refusal:
            return types.CallToolResult(content=[types.TextContent(text=str(refusal))], is_error=True)
        told = result.document
        asked(told["outcome"], (told["question"] or {}).get("view", ""))
        # As text for clients that read no structure: what is empty in it is left out.
        kept = {key: value for key, value in told.items() if value not in (None, "", [], {})}
        text = types.TextContent(text=json.dumps(kept, ensure_ascii=False))
        return types.CallToolResult(content=[text], structured_content=told, is_error=result.is_wrong)

    @property
    def _resources(self) -> dict[str, str]:
        """The texts of the resources by name; a data folder need not have a codebook."""
        book = data_folder(self.settings.alumina_data) / "README.md"
        found = {"codebook": read_utf8(book).decode()} if book.is_file() else {}
        terms = glossary(self.record)
        return found | ({"glossary": terms} if terms else {})

    async def list_resources(self, _context: Context, _params: object) -> types.ListResourcesResult:
        """The codebook and the glossary, as far as the data folder has them."""
        made = [
            types.Resource(uri=f"{NAME}://{name}", name=name, mime_type=MARKDOWN, **TEXTS["resources"][name])
            for name in self._resources
        ]
        return types.ListResourcesResult(resources=made)

    async def read_resource(
        self, _context: Context, params: types.ReadResourceRequestParams
    ) -> types.ReadResourceResult:
        """The text of one; the protocol's error for another."""
        found = {f"{NAME}://{name}": text for name, text in self._resources.items()}
        if (text := found.get(str(params.uri))) is None:
            raise MCPError(types.INVALID_PARAMS, f"There are the resources {', '.join(found)}.")
        content = types.TextResourceContents(uri=params.uri, mime_type=MARKDOWN, text=text)
        return types.ReadResourceResult(contents=[content])

    async def list_prompts(self, _context: Context, _params: object) -> types.ListPromptsResult:
        """The one prompt."""
        told = TEXTS["prompts"][PROMPT]
        month = types.PromptArgument(name="month", description=told["month"], required=False)
        prompt = types.Prompt(
            name=PROMPT, title=told["title"], description=filled(told["description"]), arguments=[month]
        )
        return types.ListPromptsResult(prompts=[prompt])

    async def get_prompt(
        self, _context: Context, params: types.GetPromptRequestParams
    ) -> types.GetPromptResult:
        """The prompt for a month; the protocol's error for what is none."""
        if params.name != PROMPT:
            raise MCPError(types.INVALID_PARAMS, f"There is the prompt {PROMPT}.")
        month = (params.arguments or {}).get("month") or newest_month(self.record)
        try:
            text = filled(TEXTS["prompts"][PROMPT]["text"], month=Month.from_text(month))
        except UsageError:
            raise MCPError(types.INVALID_PARAMS, say("mcp.no_month", text=shown(month))) from None
        message = types.PromptMessage(role="user", content=types.TextContent(text=text))
        return types.GetPromptResult(messages=[message])


def mcp_server(service: Service) -> Server[Any]:
    """The protocol's server before a service."""
    return Server(
        NAME,
        version=installed_version(),
        title=filled("{TRADE}"),
        instructions=instructions(service.record),
        on_list_tools=service.list_tools,
        on_call_tool=service.call_tool,
        on_list_resources=service.list_resources,
        on_read_resource=service.read_resource,
        on_list_prompts=service.list_prompts,
        on_get_prompt=service.get_prompt,
    )


def serve_stdio(settings: Settings, dataset: Dataset) -> None:
    """Answers an assistant on the same machine until stdin ends."""
    asyncio.run(_serve(settings, dataset))


async def _serve(settings: Settings, dataset: Dataset) -> None:
    with closing(FairWorker(dataset, settings.today)) as worker:

        async def work(_context: Context, call: Callable[[Dataset], Result]) -> Result:
            return await worker.run("stdio", call)

        server = mcp_server(Service(settings, dataset, work))
        async with stdio_server() as (requests, answers):
            await server.run(requests, answers, server.create_initialization_options())
