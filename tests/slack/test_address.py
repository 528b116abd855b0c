"""Where `serve` and `worker` listen."""

import pytest

from bot.commands.listening import LOCAL, address_of
from bot.serving import PORT
from bot.settings import Settings

SOCKET = {"SLACK_APP_TOKEN": "xapp-1"}


@pytest.mark.parametrize(
    ("env", "host", "port", "expected"),
    [
        ({}, None, None, None),
        ({}, None, 4000, ("127.0.0.1", 4000)),
        ({}, "0.0.0.0", None, ("0.0.0.0", 3000)),
        ({"PORT": "5000"}, None, None, ("0.0.0.0", 5000)),
        ({"PORT": "5000"}, "127.0.0.1", None, ("127.0.0.1", 5000)),
        ({"PORT": "5000"}, None, 4000, ("0.0.0.0", 4000)),
        (SOCKET, None, None, None),
        (SOCKET, None, 4000, ("127.0.0.1", 4000)),
        (SOCKET | {"PORT": "5000"}, None, None, ("0.0.0.0", 5000)),
    ],
)
def test_only_a_host_or_the_variable_port_opens_it_to_others(
    env: dict[str, str], host: str | None, port: int | None, expected: tuple[str, int] | None
) -> None:
    assert address_of(Settings.from_env(env), host, port) == expected


def test_where_nothing_is_asked_for_serve_listens_to_this_machine_alone() -> None:
    assert (LOCAL, PORT) == ("127.0.0.1", 3000)
