"""The moving picture of README.md: a command is typed, a follow-up, a chart. Part of `make pictures`."""

import struct
import zlib
from itertools import count
from typing import NamedTuple

from playwright.async_api import FloatRect, expect

from tests.browser.pages import answers

PNG, ANIMATED = b"\x89PNG\r\n\x1a\n", "march"
SIZE = {"width": 1000, "height": 700}
TYPED, READ = 90, 2_600  # milliseconds that a frame stands
LETTERS = 2  # that a frame of typing adds


class Frame(NamedTuple):
    """A picture of a part of the page, and how long it stands."""

    png: bytes
    left: int
    top: int
    milliseconds: int


async def filmed(page):
    """A question by command, a follow-up in its thread, and a chart, as an animated PNG."""
    await expect(answers(page, "China's aluminium trade, July 2026")).to_be_visible()
    await page.get_by_role("button", name="Hide this hint").click()
    frames = [await _frame(page, 900)]
    frames += await _typed(page, page.locator("#composer-channel"), "/alumina march")
    await page.keyboard.press("Enter")
    answer = answers(page, "China's aluminium trade, March 2026")
    await expect(answer).to_be_visible()
    await _to(answer, "start")
    frames.append(await _frame(page))
    await answer.get_by_role("button", name="Reply in thread").click()
    thread = page.locator("#thread")
    for asked, shown in (
        ("and february?", thread.locator("li.message", has_text="China's aluminium trade, February 2026")),
        ("alumina exports last 13 months", thread.locator("svg").last),
    ):
        frames.append(await _frame(page, 500))
        frames += await _typed(page, page.locator("#composer-thread"), asked)
        await page.keyboard.press("Enter")
        await expect(shown).to_be_visible()
        await _to(thread.locator("li.message").last, "end")
        frames.append(await _frame(page))
    return animated([*frames[:-1], frames[-1]._replace(milliseconds=2 * READ)])


async def _to(message, edge):
    await message.evaluate("(node, block) => node.scrollIntoView({ block })", edge)
    await message.page.wait_for_timeout(400)  # the scroll ends


async def _typed(page, field, text):
    """The words as they are typed: the field alone changes."""
    await field.click()
    frames = []
    for end in range(LETTERS, len(text) + LETTERS, LETTERS):
        await field.fill(text[:end])
        frames.append(await _frame(page, TYPED, field))
    return frames


async def _frame(page, milliseconds=READ, part=None):
    box = await part.bounding_box() if part else {"x": 0, "y": 0, **SIZE}
    clip = FloatRect(**{side: int(at) for side, at in box.items()})
    png = await page.screenshot(clip=clip, caret="initial")
    return Frame(png, int(clip["x"]), int(clip["y"]), milliseconds)


def animated(frames):
    """The frames as one animated PNG that runs for ever; the first one is as large as all of it."""
    chunks, number = [], count()
    for place, frame in enumerate(frames):
        parts = list(_parts(frame.png))
        head = next(data for kind, data in parts if kind == b"IHDR")
        if not place:
            chunks += [(b"IHDR", head), (b"acTL", struct.pack(">II", len(frames), 0))]
        size = (*struct.unpack(">II", head[:8]), frame.left, frame.top)
        shown = struct.pack(">IIIIIHHBB", next(number), *size, frame.milliseconds, 1_000, 0, 0)
        chunks.append((b"fcTL", shown))
        for data in (data for kind, data in parts if kind == b"IDAT"):
            chunks.append((b"fdAT", struct.pack(">I", next(number)) + data) if place else (b"IDAT", data))
    return PNG + b"".join(_chunk(*each) for each in (*chunks, (b"IEND", b"")))


def _parts(png):
    at = len(PNG)
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        yield png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        at += 12 + length


def _chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
