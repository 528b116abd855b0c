"""docs/operating.md names what there is: metrics, what the rules speak of, events of the log."""

import re
from pathlib import Path

import yaml
from prometheus_client import REGISTRY

import bot.metrics

ROOT = Path(__file__).parent.parent.parent
PAGE = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
KINDS = {"counter": "_total", "info": "_info"}
OURS = "alumina_"


def after(heading):
    return PAGE.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


def metrics():
    """Each metric of ours as Prometheus names it, with its labels."""
    assert bot.metrics.READY
    found = {}
    for collector in set(REGISTRY._collector_to_names):
        for family in collector.describe() if hasattr(collector, "describe") else ():
            if family.name.startswith(OURS):
                found[family.name + KINDS.get(family.type, "")] = tuple(getattr(collector, "_labelnames", ()))
    return found


def test_the_table_of_metrics_is_whole_and_names_their_labels():
    listed = {}
    for line in after("Metrics").splitlines():
        if line.startswith(f"| `{OURS}"):
            names, labels = (re.findall(r"`(\w+)`", cell) for cell in line.split("|")[1:3])
            listed |= dict.fromkeys(names, tuple(labels))
    assert listed == metrics()


def test_the_rules_speak_of_metrics_and_labels_that_there_are():
    [rules] = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    [group] = yaml.safe_load(rules)["groups"]
    known = metrics()
    assert len(group["rules"]) >= 9
    for rule in group["rules"]:
        named = re.findall(r"alumina_\w+", rule["expr"].replace('"alumina"', ""))
        assert named or rule["expr"].startswith("up{")
        for name in named:
            assert re.sub(r"_(bucket|count|sum)$", "", name) in known, rule


def test_the_events_of_the_log_are_in_the_code():
    events = re.findall(r"`([a-z_]+)`", " ".join(re.findall(r"^\| (`[^|]*) \|", after("Logs"), re.MULTILINE)))
    code = "".join(
        path.read_text(encoding="utf-8")
        for room in ("bot", "handlers")
        for path in (ROOT / room).rglob("*.py")
    )
    assert len(events) >= 10
    assert [event for event in events if f'"{event}"' not in code] == []
