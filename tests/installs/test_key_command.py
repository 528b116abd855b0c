"""`alumina key`, as a process."""

from pathlib import Path

from bot.settings import Settings
from bot.slack.installs.workspaces import new_key
from bot.store.engine import store
from tests.commandline import alumina
from tests.installs.test_installations import installation, kept, token_of


async def test_it_makes_a_new_key_each_time() -> None:
    first, second = await alumina("key"), await alumina("key")
    assert (first.status, first.err) == (0, "")
    assert first.out != second.out
    assert Settings.from_env({"ALUMINA_KEY": first.out}).token_keys == [first.out.strip()]


async def test_tokens_go_under_the_first_key(tmp_path: Path) -> None:
    old, new = new_key(), new_key()
    env = {"DATABASE_URL": f"sqlite:///{tmp_path}/bot.sqlite3", "SLACK_CLIENT_ID": "1.1"}
    async with store(Settings.from_env(env)) as engine:
        await kept(engine, old).async_save(installation())
        unknown = await alumina("key", "--rotate", env=env | {"ALUMINA_KEY": new})
        assert (unknown.status, unknown.out) == (78, "")
        assert unknown.err.startswith("ALUMINA_KEY is wrong: none of its keys opens")
        run = await alumina("key", "--rotate", env=env | {"ALUMINA_KEY": f"{new},{old}"})
        assert run.status == 0
        assert run.out.startswith("Every stored token (1) is kept under the first key")
        assert await token_of(kept(engine, new)) == "xoxb-numbat"


async def test_without_a_key_there_is_nothing_to_rotate(tmp_path: Path) -> None:
    run = await alumina("key", "--rotate", folder=tmp_path)
    assert (run.status, run.out) == (78, "")
    assert run.err.startswith("ALUMINA_KEY is not set")
