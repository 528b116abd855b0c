"""The MCP server: tools, resources and the prompt, whatever brings the requests; over stdin and stdout."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import mcp_types as types
from mcp.server.context import ServerRequestContext
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server
from mcp.shared.exceptions import MCPError

from bot import PROJECT, installed_version, metrics
from bot.dataset.calendar import Month
from bot.dataset.data_files import data_folder, read_utf8
from bot.dataset.dataset import Dataset
from bot.errors import UsageError
from bot.mcp.tools import TEXTS, TOOLS, Result, call, filled, glossary, instructions, newest_month, shown
from bot.messages.for_programs import Json
from bot.settings import Settings
from bot.words import say

READ_ONLY = types.ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)
SCHEMA: Json = json.loads(Path(__file__).with_name("document.json").read_text(encoding="utf-8"))
PROMPT, MARKDOWN, SCHEME = "monthly_note", "text/markdown", f"{PROJECT}://"

Context = ServerRequestContext[Any, Any]
# Works a call out for whoever sent the request, in their turn; UsageError where they ask too much.
Work = Callable[[Context, Callable[[Dataset], Result]], Awaitable[Result]]


@dataclass(frozen=True, slots=True)
class Service:
    """What is answered to each kind of request; the protocol's error to what there is not."""

    settings: Settings
    dataset: Dataset
    work: Work

    def server(self) -> Server[Any]:
        """The protocol's server before it."""
        return Server(
            PROJECT,
            version=installed_version(),
            title=filled("{TRADE}"),
            instructions=instructions(self._record),
            on_list_tools=self._list_tools,
            on_call_tool=self._call_tool,
            on_list_resources=self._list_resources,
            on_read_resource=self._read_resource,
            on_list_prompts=self._list_prompts,
            on_get_prompt=self._get_prompt,
        )

    @property
    def _record(self) -> Dataset:
        return self.dataset.on(self.settings.today())

    async def _list_tools(self, _context: Context, _params: object) -> types.ListToolsResult:
        made = [
            types.Tool(
                name=name,
                title=TEXTS["tools"][name]["title"],
                description=filled(TEXTS["tools"][name]["description"]),
                input_schema=tool.schema_on(self._record),
                output_schema=SCHEMA,
                annotations=READ_ONLY,
            )
            for name, tool in TOOLS.items()
        ]
        return types.ListToolsResult(tools=made)

    async def _call_tool(self, context: Context, params: types.CallToolRequestParams) -> types.CallToolResult:
        work = partial(call, params.name, params.arguments or {}, self.settings.today())
        try:
            result = await self.work(context, work)
        except UsageError as refusal:
            return types.CallToolResult(content=[types.TextContent(text=str(refusal))], is_error=True)
        told = result.document
        metrics.QUESTIONS(told["outcome"], (told["question"] or {}).get("view", "")).inc()
        # As text for clients that read no structure: what is empty in it is left out.
        kept = {key: value for key, value in told.items() if value not in (None, "", [], {})}
        text = types.TextContent(text=json.dumps(kept, ensure_ascii=False))
        return types.CallToolResult(content=[text], structured_content=told, is_error=result.is_wrong)

    def _resources(self) -> dict[str, str]:
        """The texts of the resources by name; a data folder need not have a codebook, nor terms."""
        book = data_folder(self.settings.alumina_data) / "README.md"
        codebook = read_utf8(book).decode() if book.is_file() else ""
        found = {"codebook": codebook, "glossary": glossary(self._record)}
        return {name: text for name, text in found.items() if text}

    async def _list_resources(self, _context: Context, _params: object) -> types.ListResourcesResult:
        made = [
            types.Resource(uri=SCHEME + name, name=name, mime_type=MARKDOWN, **TEXTS["resources"][name])
            for name in self._resources()
        ]
        return types.ListResourcesResult(resources=made)

    async def _read_resource(
        self, _context: Context, params: types.ReadResourceRequestParams
    ) -> types.ReadResourceResult:
        found = {SCHEME + name: text for name, text in self._resources().items()}
        if (text := found.get(str(params.uri))) is None:
            raise MCPError(types.INVALID_PARAMS, f"There are the resources {', '.join(found)}.")
        content = types.TextResourceContents(uri=params.uri, mime_type=MARKDOWN, text=text)
        return types.ReadResourceResult(contents=[content])

    async def _list_prompts(self, _context: Context, _params: object) -> types.ListPromptsResult:
        told = TEXTS["prompts"][PROMPT]
        month = types.PromptArgument(name="month", description=told["month"], required=False)
        about = filled(told["description"])
        prompt = types.Prompt(name=PROMPT, title=told["title"], description=about, arguments=[month])
        return types.ListPromptsResult(prompts=[prompt])

    async def _get_prompt(
        self, _context: Context, params: types.GetPromptRequestParams
    ) -> types.GetPromptResult:
        if params.name != PROMPT:
            raise MCPError(types.INVALID_PARAMS, f"There is the prompt {PROMPT}.")
        newest = newest_month(self._record, self._record.catalogue, ("export", "import"))
        month = (params.arguments or {}).get("month") or str(newest)
        try:
            text = filled(TEXTS["prompts"][PROMPT]["text"], month=Month.from_text(month))
        except UsageError:
            raise MCPError(types.INVALID_PARAMS, say("mcp.no_month", text=shown(month))) from None
        message = types.PromptMessage(role="user", content=types.TextContent(text=text))
        return types.GetPromptResult(messages=[message])


def serve_stdio(settings: Settings, dataset: Dataset) -> None:
    """Answers an assistant on the same machine until stdin ends."""

    async def work(_context: Context, call: Callable[[Dataset], Result]) -> Result:
        return call(dataset)

    async def serve() -> None:
        server = Service(settings, dataset, work).server()
        async with stdio_server() as (requests, answers):
            await server.run(requests, answers, server.create_initialization_options())

    asyncio.run(serve())
