"""The post of an alert that has fired: its figure once, its scope, and all of it in the alert's language."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.alerts.firing import firings
from bot.dataset.dataset import Dataset
from bot.dataset.model import Row, Source
from bot.messages.message import Message
from bot.messages.plain_text import signed
from bot.posts.alerts.alert_messages import fired
from bot.posts.order import Alert
from bot.questions.condition_reading import read_condition
from tests.dataset.rows import row, small_dataset

# Exports of alumina in 10 kt.
ROWS = [
    row("2024-03", 210_000, status="bulletin"),
    row("2025-02", 160_000, status="bulletin"),
    row("2025-03", 230_000, status="bulletin"),
]


PAGE = Source("page", "A Page", "A page", "https://example.org", "", date(2026, 11, 24))


def dataset_of(rows: Sequence[Row]) -> Dataset:
    """These rows alone, with their source."""
    record = replace(small_dataset(rows).record, sources={"page": PAGE})
    return record.as_of(date(2026, 11, 24))


def told(text: str, dataset: Dataset, late: timedelta | None = None) -> Message:
    """The post of the newest firing of the alert."""
    reading = read_condition(text, dataset)
    assert reading.condition, reading
    alert = Alert("T1", "C1", reading.condition, language=reading.language, created_by="U_ANA")
    return fired(alert, firings(reading.condition, dataset)[-1], dataset, late).message


def bold(message: Message) -> list[str]:
    """The bold lines of it."""
    texts = [block["text"]["text"] for block in message.blocks if block["type"] == "section"]
    return [text.split("*")[1].replace("\u00a0", " ") for text in texts]


@pytest.mark.parametrize("text", ["alumina exports above 220kt", "alumina exports mom up more than 40%"])
def test_its_figure_is_said_once(text: str) -> None:
    message = told(text, dataset_of(ROWS))
    [lead] = bold(message)
    assert message.text.startswith(signed(lead))
    assert "230 kt" in lead
    assert "March 2025" in lead
    assert message.text.replace("\u00a0", " ").count("230 kt") == 1
    assert ".\nAlert of <@U_ANA>: Alumina exports " in message.text


def test_a_turn_says_both_changes_where_they_are_apart() -> None:
    """210 kt on 230 kt is -8.7 %; 240 kt on 210 kt is +14.3 %, where +20.0 % was printed."""
    rows = [
        row("2023-02", 230_000, status="bulletin"),
        row("2023-03", 210_000, status="bulletin"),
        row("2024-02", 210_000, status="bulletin"),
        row("2024-03", 240_000, status="bulletin", yoy_pct=20.0),
    ]
    [lead] = bold(told("alumina exports yoy turns positive", dataset_of(rows)))
    assert "▲ 20.0 %, after ▼ ~10 % in February 2024" in lead


@pytest.mark.parametrize(
    ("scope", "text", "names"),
    [
        ("HS 2818", "alumina exports above 220kt", "March 2025 (HS 2818)"),
        ("HS 2818", "HS 2818 exports above 220kt", "Alumina exports (HS 2818) above 220 kt: 230 kt"),
        ("HS 28182000", "alumina exports above 220kt", "230 kt, March 2025"),
    ],
)
def test_a_later_scope_is_named(scope: str, text: str, names: str) -> None:
    dataset = dataset_of([row("2025-03", 230_000, status="bulletin", scope=scope)])
    [lead] = bold(told(text, dataset))
    assert names in lead
    assert lead.count("HS 2818") == (scope == "HS 2818")


def test_all_of_it_is_in_the_alert_s_language() -> None:
    """23 on 21 is +9.5 %, at worst 22.5 on 21.5, at best 23.5 on 20.5."""
    message = told("氧化铝出口超过22万吨", dataset_of(ROWS), timedelta(days=3))
    shown = message.text + str(message.blocks)
    assert bold(message) == ["氧化铝出口高于22万吨：2025年3月23万吨"]
    assert "有帮助" in shown
    assert "Helpful" not in shown
    assert "late" not in message.text
