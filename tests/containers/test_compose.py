"""compose.yaml and the Procfile: what they start is there, shut in, and holds no secret."""

import re
import shlex
from typing import Any

import yaml
from typer.testing import CliRunner

from bot.cli import app
from tests.commandline import ROOT
from tests.looped import looped

COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
SERVICES: dict[str, Any] = COMPOSE["services"]
FROM_OUTSIDE = re.compile(r"(?<!\$)\$\{POSTGRES_PASSWORD:\?")
PROCESSES = dict(
    line.split(": ", 1) for line in (ROOT / "Procfile").read_text(encoding="utf-8").splitlines() if line
)


def test_there_are_a_bot_a_worker_and_a_database() -> None:
    assert list(SERVICES) == ["bot", "worker", "postgres"]
    assert (SERVICES["bot"]["command"], SERVICES["worker"]["command"]) == (["serve"], ["worker"])


@looped("name", SERVICES)
def test_each_service_is_shut_in_and_pinned_and_holds_no_secret(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert "/tmp" in service["tmpfs"]
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert not {"privileged", "network_mode", "pid", "devices", "cap_add"} & set(service)
    assert all(port.startswith("127.0.0.1:") for port in service.get("ports", ()))
    assert service["mem_limit"]
    assert service["pids_limit"]
    assert re.fullmatch(r"[a-z]+:(?!latest$)[\w.-]+", service["image"])
    for variable, value in service["environment"].items():
        if re.search(r"PASSWORD|TOKEN|SECRET|DATABASE_URL", variable):
            assert FROM_OUTSIDE.search(value), variable
    assert service.get("env_file") == (None if name == "postgres" else ".env")
    assert ".env" in (ROOT / ".gitignore").read_text(encoding="utf-8").split()


def test_the_bot_waits_for_a_database_that_is_well_and_reaches_it_alone() -> None:
    assert SERVICES["postgres"]["healthcheck"]["test"][:2] == ["CMD", "pg_isready"]
    for name in ("bot", "worker"):
        assert SERVICES[name]["depends_on"] == {"postgres": {"condition": "service_healthy"}}
    assert COMPOSE["networks"]["database"] == {"internal": True}
    assert SERVICES["postgres"]["networks"] == ["database"]
    assert "ports" not in SERVICES["postgres"]


def test_one_process_posts() -> None:
    scheduling = {name: SERVICES[name]["environment"]["ALUMINA_SCHEDULER"] for name in ("bot", "worker")}
    assert scheduling == {"bot": "off", "worker": "on"}


def test_each_process_of_the_procfile_is_a_command_of_ours() -> None:
    assert set(PROCESSES) == {"web", "worker", "release"}
    for line in PROCESSES.values():
        python, option, package, *words = shlex.split(line)
        assert (python, option, package) == ("python", "-m", "bot")
        told = CliRunner().invoke(app, [*words, "--help"])
        assert (told.exit_code, "Usage: " in told.stdout) == (0, True), line


def test_of_the_procfile_what_slack_reaches_alone_listens_to_others() -> None:
    hosts = {name: re.findall(r"--host (\S+)", line) for name, line in PROCESSES.items()}
    assert hosts == {"web": ["0.0.0.0"], "worker": ["127.0.0.1"], "release": []}
