"""The key of UN Comtrade goes to its server in a header, and nowhere else: no word of it is written."""

import json
from pathlib import Path

import pytest

from bot.settings import Settings
from bot.sources.comtrade_refresh import KEY_HEADER
from tests.commandline import finish, start
from tests.sources import server as local
from tests.sources.server import body, status
from tests.sources.test_comtrade import answer, entry, world

KEY = "b7c1hidden0key9of2comtrade"
WRONG = {"statusCode": 401, "message": "Access denied due to invalid key"}
ANSWERS = {
    "figures": body(answer(world(), entry())),
    "401": body(json.dumps(WRONG).encode(), code=401),
    "500": status(500),
    "another month": body(answer(world(period="201901"))),
}
SECONDS = 120  # a hang guard: attempts are a second and more apart


@pytest.mark.parametrize(
    "name", [pytest.param(each, marks=[] if at == 0 else pytest.mark.slow) for at, each in enumerate(ANSWERS)]
)
async def test_no_word_of_the_key_is_written_or_said(name: str, tmp_path: Path) -> None:
    env = {
        "COMTRADE_API_KEY": KEY,
        "ALUMINA_TODAY": "2026-02-01",
        "ALUMINA_LOG": "json",
        "ALUMINA_LOG_TEXT": "on",
    }
    async with local.running() as site:
        site.otherwise = ANSWERS[name]
        for path in ("monthly2025", "monthly", "preliminary"):
            site.on(f"/statics/report/{path}.html", status(404))
        env |= {"COMTRADE_URL": site.base, "CUSTOMS_URL": site.base}
        runs = [
            await finish(await start(*words, env=env, folder=tmp_path), SECONDS)
            for words in (["data", "refresh"], ["doctor"])
        ]
    keys = {request.path: request.headers.get(KEY_HEADER.lower()) for request in site.asked}
    assert KEY in keys.values()
    assert {key for path, key in keys.items() if "/statics/" in path} == {None}
    assert not [path for path in keys if KEY in path]
    for run in runs:
        assert KEY not in run.out + run.err
        assert "Traceback" not in run.err
    written = contents(tmp_path)
    assert written
    assert not [content for content in written if KEY.encode() in content]


def contents(folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in folder.iterdir() if path.is_file()]


def test_the_settings_that_hold_the_key_do_not_print_it() -> None:
    settings = Settings.from_env({"COMTRADE_API_KEY": KEY})
    assert settings.comtrade_key == KEY
    assert KEY not in f"{settings!r} {settings}"
