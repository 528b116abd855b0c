"""The key of UN Comtrade goes to its server in a header, and nowhere else: no word of it is written."""

import json
from pathlib import Path

import pytest

from bot.sources.refreshes import KEY_HEADER
from tests.commandline import alumina
from tests.sources import server as local
from tests.sources.server import Answer, body, status
from tests.sources.test_comtrade import answer, entry, world

KEY = "b7c1hidden0key9of2comtrade"
WRONG = json.dumps({"statusCode": 401, "message": "Access denied due to invalid key"}).encode()
ANSWERS = [body(answer(world(), entry())), body(WRONG, code=401)]


@pytest.mark.parametrize("comtrade", ANSWERS, ids=["figures", "a wrong key"])
async def test_no_word_of_the_key_is_written_or_said(comtrade: Answer, tmp_path: Path) -> None:
    env = {
        "COMTRADE_API_KEY": KEY,
        "ALUMINA_TODAY": "2026-02-01",
        "ALUMINA_LOG": "json",
        "ALUMINA_LOG_TEXT": "on",
    }
    async with local.running() as site:
        site.otherwise = comtrade
        for path in ("monthly2025", "monthly", "preliminary"):
            site.on(f"/statics/report/{path}.html", status(404))
        env |= {"COMTRADE_URL": site.base, "CUSTOMS_URL": site.base}
        commands = (["data", "refresh"], ["doctor"])
        runs = [await alumina(*words, env=env, folder=tmp_path) for words in commands]
    keys = {request.path: request.headers.get(KEY_HEADER.lower()) for request in site.asked}
    assert KEY in keys.values()
    assert {key for path, key in keys.items() if "/statics/" in path} == {None}
    assert not [path for path in keys if KEY in path]
    for run in runs:
        assert KEY not in run.out + run.err
        assert "Traceback" not in run.err
    found = written(tmp_path)
    assert found
    assert not [content for content in found if KEY.encode() in content]


def written(folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in folder.iterdir() if path.is_file()]
