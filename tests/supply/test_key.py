"""The key of UN Comtrade goes to its server in a header, and nowhere else: no word of it is written."""

import json
from pathlib import Path

import pytest

from bot.settings import Settings
from bot.sources.comtrade_refresh import KEY_HEADER, ComtradePlan
from tests.commandline import finish, start
from tests.sources import server as local
from tests.sources.server import body, status
from tests.sources.test_comtrade import answer, entry, world

KEY = "b7c1hidden0key9of2comtrade"
WRONG = body(
    json.dumps({"statusCode": 401, "message": "Access denied due to invalid key"}).encode(), code=401
)
ANSWERS = {
    "figures": body(answer(world(), entry())),
    "401": WRONG,
    "500": status(500),
    "another month": body(answer(world(period="201901"))),
}
REFRESH = ("data", "refresh")
AFTERWARDS = (
    ("data", "export", "--sources"),
    ("doctor",),
    ("ask", "bauxite from guinea december 2024", "--json"),
)
SECONDS = 120  # a hang guard: attempts are a second and more apart


@pytest.mark.parametrize(
    "name", [pytest.param(each, marks=[] if at == 0 else pytest.mark.slow) for at, each in enumerate(ANSWERS)]
)
async def test_no_word_of_the_key_is_written_or_said(name: str, tmp_path: Path) -> None:
    async with local.running() as site:
        for path in ("monthly2025", "monthly", "preliminary"):
            site.on(f"/statics/report/{path}.html", status(404))
        site.otherwise = ANSWERS[name]
        env = {
            "COMTRADE_API_KEY": KEY,
            "COMTRADE_URL": site.base,
            "CUSTOMS_URL": site.base,
            "ALUMINA_TODAY": "2026-02-01",
            "ALUMINA_LOG": "json",
            "ALUMINA_LOG_TEXT": "on",
        }
        runs = [await finish(await start(*REFRESH, env=env, folder=tmp_path), SECONDS)]
        for words in AFTERWARDS if name == "figures" else ():
            runs.append(await finish(await start(*words, env=env, folder=tmp_path), SECONDS))  # noqa: PERF401
    keys = [request.headers.get(KEY_HEADER.lower()) for request in site.asked]
    assert KEY in keys
    assert {key for key, request in zip(keys, site.asked, strict=True) if "/statics/" in request.path} == {
        None
    }
    assert not [request.path for request in site.asked if KEY in request.path]
    for run in runs:
        assert KEY not in run.out + run.err
        assert "Traceback" not in run.err
    written = contents(tmp_path)
    assert written
    assert not [content for content in written if KEY.encode() in content]


def contents(folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in folder.iterdir() if path.is_file()]


def test_no_object_that_holds_the_key_prints_it() -> None:
    settings = Settings.from_env({"COMTRADE_API_KEY": KEY})
    plan = ComtradePlan(lambda: None, settings.comtrade_key)  # type: ignore[arg-type, return-value]
    assert settings.comtrade_key == KEY
    for each in (settings, plan):
        assert KEY not in f"{each!r} {each}"
