"""What a message is made of, as it is kept, or Slack's refusal of it; a channel in Slack's fields."""

from typing import Any

from bot.playground.arguments import ApiError
from bot.playground.limits import Problem, problems
from bot.playground.workspace import Channel, Workspace

Json = dict[str, Any]

PRESSED = ("actions", "context_actions")


def content(workspace: Workspace, text: str, blocks: list[Json]) -> Json:
    """Text and blocks as they are kept, with the ids Slack gives where none are; refused as Slack would."""
    found = [*unknown(workspace, blocks), *(problems(text, blocks) if workspace.validates else [])]
    if found:  # the error is that of the first problem, told with all of its name
        error = found[0].error
        listed = [f"{each.message} [json-pointer:{each.pointer}]" for each in found if each.error == error]
        messages = {"messages": [f"[ERROR] {line}" for line in listed]}
        raise ApiError(error, errors=listed, response_metadata=messages)
    for block in blocks:
        block.setdefault("block_id", workspace.serial("b"))
        for button in (block.get("elements") or []) if block.get("type") in PRESSED else []:
            button.setdefault("action_id", workspace.serial("a"))
    return {"text": text, "blocks": tuple(blocks)}


def unknown(workspace: Workspace, blocks: list[Json]) -> list[Problem]:
    """What a workspace says of blocks that it does not have yet."""
    kinds = [(at, block.get("type")) for at, block in enumerate(blocks)]
    lacking = [(at, kind) for at, kind in kinds if kind in workspace.lacks]
    return [Problem(f"/blocks/{at}/type", f"unsupported type: {kind}") for at, kind in lacking]


def describe(channel: Channel, reader: str) -> Json:
    """A channel in Slack's fields, as this member sees it."""
    other = {"user": next(iter(channel.members - {reader}), "")} if channel.kind == "im" else {}
    return {
        **other,
        "id": channel.id,
        "name": channel.name,
        "is_channel": channel.kind == "channel",
        "is_group": channel.kind == "group",
        "is_im": channel.kind == "im",
        "is_private": channel.kind != "channel",
        "is_archived": channel.is_archived,
        "is_ext_shared": channel.is_ext_shared,
        "is_shared": channel.is_ext_shared,
        "is_member": reader in channel.members,
        "topic": {"value": channel.topic},
    }
