"""compose.yaml and the Procfile: what they start is there, shut in, and holds no secret."""

import os
import re
import shlex
import subprocess
import sys
from typing import Any

import pytest
import yaml

from tests.containers.dockerfile import ROOT

COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
SERVICES: dict[str, Any] = COMPOSE["services"]
FROM_OUTSIDE = re.compile(r"(?<!\$)\$\{POSTGRES_PASSWORD:\?")
PROCESSES = dict(
    line.split(": ", 1) for line in (ROOT / "Procfile").read_text(encoding="utf-8").splitlines() if line
)


def test_there_are_a_bot_a_worker_and_a_database() -> None:
    assert list(SERVICES) == ["bot", "worker", "postgres"]
    assert (SERVICES["bot"]["command"], SERVICES["worker"]["command"]) == (["serve"], ["worker"])


@pytest.mark.parametrize("name", SERVICES)
def test_each_service_is_shut_in(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert "/tmp" in service["tmpfs"]
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert not {"privileged", "network_mode", "pid", "devices", "cap_add"} & set(service)
    assert all(port.startswith("127.0.0.1:") for port in service.get("ports", ()))
    assert service["mem_limit"]
    assert service["pids_limit"]


@pytest.mark.parametrize("name", SERVICES)
def test_each_image_has_a_tag(name: str) -> None:
    assert re.fullmatch(r"[a-z]+:[\w.-]+", SERVICES[name]["image"])
    assert not SERVICES[name]["image"].endswith(":latest")


@pytest.mark.parametrize("name", SERVICES)
def test_secrets_come_from_outside(name: str) -> None:
    for variable, value in SERVICES[name]["environment"].items():
        if re.search(r"PASSWORD|TOKEN|SECRET|DATABASE_URL", variable):
            assert FROM_OUTSIDE.search(value), variable
    assert SERVICES[name].get("env_file") == (None if name == "postgres" else ".env")
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").split()
    assert ".env" in ignored


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


@pytest.mark.parametrize("name", ["web", "worker", "release"])
def test_each_process_of_the_procfile_is_a_command_of_ours(name: str) -> None:
    python, *words = shlex.split(PROCESSES[name])
    assert python == "python"
    told = subprocess.run(
        [sys.executable, *words, "--help"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stderr
    assert "Usage: " in told.stdout
