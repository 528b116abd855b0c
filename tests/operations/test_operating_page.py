"""docs/operating.md names what there is: metrics, events of the log, what the unit and the rules speak of."""

import configparser
import re
import shlex
from pathlib import Path

import yaml
from prometheus_client import REGISTRY
from typer.main import get_command

import bot.metrics
from bot.cli import app

ROOT = Path(__file__).parent.parent.parent
PAGE = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
KINDS = {"counter": "_total", "info": "_info"}
OURS = "alumina_"


def after(heading: str) -> str:
    return PAGE.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


def fenced(language: str) -> str:
    [block] = re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)
    return str(block)


def metrics() -> dict[str, tuple[str, ...]]:
    """Each metric of ours as Prometheus names it, with its labels."""
    assert bot.metrics.READY
    found = {}
    for collector in set(REGISTRY._collector_to_names):
        for family in collector.describe() if hasattr(collector, "describe") else ():
            if family.name.startswith(OURS):
                found[family.name + KINDS.get(family.type, "")] = tuple(getattr(collector, "_labelnames", ()))
    return found


def test_the_table_of_metrics_is_whole_and_names_their_labels() -> None:
    listed = {}
    for line in after("Metrics").splitlines():
        if line.startswith(f"| `{OURS}"):
            names, labels = (re.findall(r"`(\w+)`", cell) for cell in line.split("|")[1:3])
            listed |= dict.fromkeys(names, tuple(labels))
    assert listed == metrics() | {"alumina_build_info": ("version", "python")}


def test_the_rules_speak_of_metrics_and_labels_that_there_are() -> None:
    [group] = yaml.safe_load(fenced("yaml"))["groups"]
    known = metrics()
    assert len(group["rules"]) >= 9
    for rule in group["rules"]:
        named = re.findall(r"alumina_\w+", rule["expr"].replace('"alumina"', ""))
        assert named or rule["expr"].startswith("up{")
        for name in named:
            assert re.sub(r"_(bucket|count|sum)$", "", name) in known, rule


def test_the_events_of_the_log_are_in_the_code() -> None:
    events = re.findall(r"`([a-z_]+)`", " ".join(re.findall(r"^\| (`[^|]*) \|", after("Logs"), re.MULTILINE)))
    code = "".join(
        path.read_text(encoding="utf-8")
        for room in ("bot", "handlers")
        for path in (ROOT / room).rglob("*.py")
    )
    assert len(events) >= 10
    assert [event for event in events if f'"{event}"' not in code] == []


def test_the_unit_starts_a_command_of_ours_with_few_rights_and_no_secret() -> None:
    parser = configparser.ConfigParser(strict=False, interpolation=None)  # of a key twice the last value
    parser.read_string(fenced("ini"))
    program, command, *_ = shlex.split(parser["Service"]["ExecStart"])
    assert Path(program).name == "alumina"
    assert command in get_command(app).commands  # type: ignore[attr-defined]
    rights = {"dynamicuser": "yes", "capabilityboundingset": "", "protectsystem": "strict"}
    assert (rights | {"nonewprivileges": "yes"}).items() <= parser["Service"].items()
    assert not re.search(r"xox|xapp-|TOKEN=|SECRET=", fenced("ini"))
