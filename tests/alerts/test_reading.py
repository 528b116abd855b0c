"""Conditions as people write them, and what is asked back."""

from dataclasses import replace

import pytest

from bot.alerts.condition import Condition
from bot.alerts.reading import ParsedAlert, read
from bot.alerts.refusing import UnresolvedAlert
from bot.dataset.calendar import Month, Period
from bot.dataset.dataset import Dataset
from bot.messages.conditions import as_typed
from bot.questions.commands import command_in
from bot.questions.question import Question
from bot.questions.speak import NONE
from bot.words import speaking

READ = {
    "alumina exports above 200kt": "alumina exports above 200 kt",
    "/alumina alert alumina exports above 200kt": "alumina exports above 200 kt",
    "alumina exports &gt; 0.2 Mt, once": "alumina exports above 0.2 Mt, once",
    "tell me once alumina exports exceed 200,000 t": "alumina exports above 200,000 t",
    "alert me once when alumina exports exceed 200 kt": "alumina exports above 200 kt, once",
    "alumina exports above 20万吨": "alumina exports above 20 万吨",
    "alumina exports more than 200k tonnes": "alumina exports above 200 kt",
    "scrap imports at least 200kt": "aluminium scrap imports at least 200 kt",
    "scrap imports <= 1,500.5 kt": "aluminium scrap imports at most 1,500.5 kt",
    "let me know if alumina exports fall below 1 million tonnes": "alumina exports below 1 Mt",
    "hi, could you please set up an alert for alumina exports above 200kt?": "alumina exports above 200 kt",
    "I'd like to be alerted when scrap imports exceed 200kt": "aluminium scrap imports above 200 kt",
    "alert when alumina exports double year on year": "alumina exports yoy up more than 100 %",
    "bauxite imports more than doubled from a year earlier": "bauxite imports yoy up more than 100 %",
    "alumina exports triple on the month": "alumina exports mom up more than 200 %",
    "alumina exports above 120% of last year": "alumina exports yoy up more than 20 %",
    "alumina exports rise above 112.5 per cent of a year ago": "alumina exports yoy up more than 12.5 %",
    "bauxite imports > 120% of the same month last year": "bauxite imports yoy up more than 20 %",
    "alumina exports more than 120% of last month's level": "alumina exports mom up more than 20 %",
    "alumina exports fall below 80% of last year": "alumina exports yoy down more than 20 %",
    "alumina exports below 100% of last year, once": "alumina exports yoy down more than 0 %, once",
    "alumina exports quadruple on the year": "alumina exports yoy up more than 300 %",
    "alumina exports quadrupled from a year earlier": "alumina exports yoy up more than 300 %",
    "氧化铝出口同比翻两番": "alumina exports yoy up more than 300 %",
    "氧化铝出口比去年翻了2番": "alumina exports yoy up more than 300 %",
    "氧化铝出口环比翻三番": "alumina exports mom up more than 700 %",
    "alumina exports halve on the month": "alumina exports mom down more than 50 %",
    "scrap imports fall by half yoy": "aluminium scrap imports yoy down more than 50 %",
    "氧化铝出口同比翻倍时提醒我": "alumina exports yoy up more than 100 %",
    "氧化铝出口比去年翻了一番": "alumina exports yoy up more than 100 %",
    "氧化铝出口同比增长超过一倍": "alumina exports yoy up more than 100 %",
    "氧化铝出口同比增长1倍": "alumina exports yoy up more than 100 %",
    "氧化铝出口同比涨幅超过一倍": "alumina exports yoy up more than 100 %",
    "氧化铝出口比去年多一倍": "alumina exports yoy up more than 100 %",
    "氧化铝出口同比翻了一倍": "alumina exports yoy up more than 100 %",
    "氧化铝出口同比增长0.5倍": "alumina exports yoy up more than 50 %",
    "氧化铝出口yoy增长超过20%": "alumina exports yoy up more than 20 %",
    "氧化铝出口20w吨以上": "alumina exports at least 20 万吨",
    "氧化铝出口环比减半": "alumina exports mom down more than 50 %",
    "alert us when scrap imports hits a record": "aluminium scrap imports new record",
    "we want to be notified when alumina exports are revised": "alumina exports revised",
    "alumina exports above US$150m": "alumina exports value in US$ above US$150m",
    "alumina exports value > 1.5bn usd": "alumina exports value in US$ above US$1.5bn",
    "alumina exports above 500 $/t": "alumina exports unit value above US$500/t",
    "alert when monthly alumina exports exceed 200kt": "alumina exports above 200 kt",
    "alumina exports above 200kt/month": "alumina exports above 200 kt",
    "alumina exports reach 200 kt": "alumina exports at least 200 kt",
    "alumina exports greater than or equal to 200 kt": "alumina exports at least 200 kt",
    "alumina exports break below 100 kt": "alumina exports below 100 kt",
    "bauxite imports reach a record high": "bauxite imports new record high",
    "氧化铝进口达到历史新高": "alumina imports new record high",
    "氧化铝出口大于等于20万吨": "alumina exports at least 20 万吨",
    "氧化鋁出口超過20萬噸時提醒我": "alumina exports above 20 万吨",
    "氧化鋁轉為淨進口": "alumina net trade turns negative",
    "alumina exports rise to more than 200 kilotonnes": "alumina exports above 200 kt",
    "alumina exports are back above 200 kt": "alumina exports above 200 kt",
    "氧化铝出口降至20万吨以下": "alumina exports at most 20 万吨",
    "氧化铝出口跌破20万吨": "alumina exports below 20 万吨",
    "alumina exports above 441 million lb": "alumina exports above 441,000,000 lb",
    "alert me when bauxite imports from guinea by value fall below US$1bn": (
        "bauxite imports from Guinea value in US$ below US$1bn"
    ),
    "HS 2818 imports above 200 kt": "HS 2818 imports above 200 kt",
    "alumina net exports above 50 kt": "alumina net trade above 50 kt",
    "alumina net imports above 50 kt": "alumina net trade below -50 kt",
    "alumina net imports below 50 kt": "alumina net trade above -50 kt",
    "alumina exports minus imports above 50 kt": "alumina net trade above 50 kt",
    "alumina imports minus exports above 50 kt": "alumina net trade below -50 kt",
    "alumina imports net of exports above 50 kt": "alumina net trade below -50 kt",
    "alumina exports net of imports above 50 kt": "alumina net trade above 50 kt",
    "铝贸易顺差创新高": "unwrought aluminium net trade value in US$ new record high",
    "铝贸易顺差超过10亿美元": "unwrought aluminium net trade value in US$ above 10 亿美元",
    "铝贸易顺差超过20万吨": "unwrought aluminium net trade above 20 万吨",
    "铝由顺差转为逆差": "unwrought aluminium net trade turns negative",
    "alumina net exports above 0 t": "alumina net trade above 0 t",
    "alert primary aluminium imports yoy > 20%": "primary aluminium imports yoy up more than 20 %",
    "alumina exports yoy < -10%": "alumina exports yoy down more than 10 %",
    "alumina exports year over year over 20%": "alumina exports yoy up more than 20 %",
    "alumina exports fell by more than 10% yoy": "alumina exports yoy down more than 10 %",
    "alumina exports fall over 20% yoy": "alumina exports yoy down more than 20 %",
    "bauxite imports down 10% from a month ago": "bauxite imports mom down more than 10 %",
    "bauxite imports up more than 5% on a month earlier": "bauxite imports mom up more than 5 %",
    "bauxite imports up more than 5% than a year before": "bauxite imports yoy up more than 5 %",
    "alumina exports up 10% on the month": "alumina exports mom up more than 10 %",
    "notify me if bauxite imports change by more than 5.5 percent from the previous month": (
        "bauxite imports mom changes by more than 5.5 %"
    ),
    "alert aluminium exports new record": "unwrought aluminium exports new record",
    "bauxite imports hit an all-time high": "bauxite imports new record high",
    "bauxite imports record low": "bauxite imports new record low",
    "alumina net imports record high": "alumina net trade new record low",
    "alert alumina net exports turn negative": "alumina net trade turns negative",
    "alumina switches from net exporter to net importer": "alumina net trade turns negative",
    "alumina becomes a net exporter": "alumina net trade turns positive",
    "alumina net trade changes sign": "alumina net trade changes sign",
    "alumina exports yoy turns negative": "alumina exports yoy turns negative",
    "alumina exports growth turns positive": "alumina exports yoy turns positive",
    "alert bauxite imports revised": "bauxite imports revised",
    "an old figure of bauxite imports is revised": "bauxite imports revised",
    "氧化铝出口超过20万吨 时提醒我": "alumina exports above 20 万吨",
    "氧化铝出口不超过20万吨": "alumina exports at most 20 万吨",
    "氧化铝出口没有超过20万吨": "alumina exports at most 20 万吨",
    "氧化铝出口未超过20万吨": "alumina exports at most 20 万吨",
    "氧化铝出口有没有超过20万吨": "alumina exports above 20 万吨",
    "氧化铝出口没有低于20万吨": "alumina exports at least 20 万吨",
    "氧化铝出口跌穿20万吨": "alumina exports below 20 万吨",
    "氧化铝出口同比增长超过20%": "alumina exports yoy up more than 20 %",
    "氧化铝出口环比下降超过10%": "alumina exports mom down more than 10 %",
    "未锻轧铝进口同比变化超过百分之30": "unwrought aluminium imports yoy changes by more than 30 %",
    "铝土矿进口创新高": "bauxite imports new record high",
    "氧化铝转为净进口": "alumina net trade turns negative",
    "由净进口转为净出口 氧化铝": "alumina net trade turns positive",
    "当氧化铝净出口转负时提醒我": "alumina net trade turns negative",
    "氧化铝出口同比转负": "alumina exports yoy turns negative",
    "铝土矿进口修订 只提醒一次": "bauxite imports revised, once",
    "提醒我 氧化铝出口超过20万吨": "alumina exports above 20 万吨",
    "提醒我：当氧化铝进口超过30万吨": "alumina imports above 30 万吨",
    "铝土矿进口创新高时提醒": "bauxite imports new record high",
    "当氧化铝出口同比增长超过20%时提醒我": "alumina exports yoy up more than 20 %",
    "如果氧化铝转为净进口，请提醒我一次": "alumina net trade turns negative, once",
    "预警 氧化铝出口超过20万吨": "alumina exports above 20 万吨",
    "氧化铝出口低于20万吨预警": "alumina exports below 20 万吨",
    "預警：鋁土礦進口創新低": "bauxite imports new record low",
    "请设置一个提醒：铝土矿进口创新高": "bauxite imports new record high",
    "氧化鋁出口超過20萬噸時通知我": "alumina exports above 20 万吨",
    "氧化铝出口超过二十万吨": "alumina exports above 20 万吨",
    "氧化鋁出口超過兩百五十萬噸": "alumina exports above 250 万吨",
    "原铝进口低于十万吨": "primary aluminium imports below 10 万吨",
    "铝土矿进口超过一千零五十万吨": "bauxite imports above 1,050 万吨",
    "氧化铝出口额超过一点五亿美元": "alumina exports value in US$ above 1.5 亿美元",
    "氧化铝出口同比增长超过百分之二十": "alumina exports yoy up more than 20 %",
    "alumina exports yoy up by half a percent": "alumina exports yoy up more than 0.5 %",
    "alumina exports up half of a per cent on the month": "alumina exports mom up more than 0.5 %",
    "alumina exports yoy up by two and a half percent": "alumina exports yoy up more than 2.5 %",
    "alumina exports fall by twenty-five percent yoy": "alumina exports yoy down more than 25 %",
    "alumina exports up by half on the year": "alumina exports yoy up more than 50 %",
    "氧化铝出口同比增长百分之零点五": "alumina exports yoy up more than 0.5 %",
    "氧化铝出口额超过零点五亿美元": "alumina exports value in US$ above 0.5 亿美元",
    "氧化铝出口同比增长超过两成": "alumina exports yoy up more than 20 %",
    "氧化铝出口同比下降超过三成半": "alumina exports yoy down more than 35 %",
    "氧化铝出口超过一万五千吨": "alumina exports above 15,000 t",
    "氧化铝出口额超过一亿两千万美元": "alumina exports value in US$ above US$120,000,000",
    "铝土矿进口超过一千二百三十四点五万吨": "bauxite imports above 1,234.5 万吨",
    "氧化铝出口超过九千零五吨": "alumina exports above 9,005 t",
    "氧化铝出口超过一万零五百吨": "alumina exports above 10,500 t",
    "氧化铝出口超过 2 百万吨": "alumina exports above 2 Mt",
    "氧化铝出口超过 500 千吨": "alumina exports above 500 kt",
    "氧化铝出口同比增长超过两成时提醒我一次": "alumina exports yoy up more than 20 %, once",
    "氧化铝成为净进口": "alumina net trade turns negative",
    "氧化铝出口额超过1.5亿美元 每次提醒": "alumina exports value in US$ above 1.5 亿美元",
    "氧化铝出口站上20万吨": "alumina exports above 20 万吨",
    "氧化铝出口同比下降两成提醒我": "alumina exports yoy down more than 20 %",
    "氧化铝出口超过20w吨": "alumina exports above 20 万吨",
    "氧化铝出口量突破二十万吨大关": "alumina exports above 20 万吨",
    "氧化铝出口最多20万吨": "alumina exports at most 20 万吨",
    "氧化铝出口均价跌破400美元": "alumina exports unit value below US$400/t",
    "bauxite imports unit value below $60": "bauxite imports unit value below US$60/t",
    "氧化铝出口超过去年同期": "alumina exports yoy up more than 0 %",
    "氧化铝出口低于上年同期水平": "alumina exports yoy down more than 0 %",
    "氧化铝出口高于上月": "alumina exports mom up more than 0 %",
    "alumina exports above last year": "alumina exports yoy up more than 0 %",
    "alumina exports below the same month last year": "alumina exports yoy down more than 0 %",
    "氧化铝出口超过去年同期20%": "alumina exports yoy up more than 20 %",
    "alumina exports below last year by 10%": "alumina exports yoy down more than 10 %",
    "alumina exports below last month by more than 10%": "alumina exports mom down more than 10 %",
    "alumina exports 10% below last year": "alumina exports yoy down more than 10 %",
    "铝材出口比去年少10%": "unwrought aluminium exports yoy down more than 10 %",
    "铝材出口比上个月多10%以上": "unwrought aluminium exports mom up more than 10 %",
    "铝材出口同比大跌10%以上": "unwrought aluminium exports yoy down more than 10 %",
    "氧化铝净出口为负": "alumina net trade turns negative",
    "废铝进口同比由增转降": "aluminium scrap imports yoy turns negative",
    "氧化铝出口创出历史新高": "alumina exports new record high",
}


# Those that say so with the word of the command, or in Chinese around the condition; and questions.
ALERTS = (
    "alert", "Alert alumina exports above 200kt", "alert: bauxite imports record high", "提醒我", "预警",
    "提醒我 氧化铝出口超过20万吨", "铝土矿进口创新高时提醒", "当氧化铝出口同比增长超过20%时提醒我",
    "預警：鋁土礦進口創新低", "氧化铝出口低于20万吨预警", "氧化鋁出口超過20萬噸時通知我",
    "please alert me when alumina exports exceed 200 kt", "Hey, notify us if bauxite imports hit a low",
    "Can you set up an alert for alumina exports above 200kt?", "I'd like to be alerted when revised",
    "let me know when alumina exports exceed 200kt", "tell me as soon as alumina exports are revised",
    "tell us if alumina exports are &gt; 200kt", "remind me once bauxite imports fall below 10 Mt",
    "如果氧化铝出口超过20万吨，通知我", "tell me when bauxite imports exceed 2000 kt",
    "let me know when alumina exports unit value is over $2000", "tell me when imports are above 2000万吨",
    "notify me when alumina exports exceed 2023 levels", "提醒我 氧化铝出口创10年新高",
    "氧化铝出口超过去年20%提醒我", "当氧化铝出口超过2023年水平时提醒我", "：提醒 2024年氧化铝出口是多少",
    "alert alumina exports march 2024", "你好\n氧化铝出口超过20万吨时提醒我",
)  # fmt: skip
QUESTIONS = (
    "alerts", "alertness", "alumina exports march 2024", "tell me when the next release is",
    "tell me if alumina exports rose in march 2024", "remind me what alumina exports were in march",
    "remind me when the next release is", "let me know when the july figures are out",
    "show my alerts", "提醒列表", "告诉我氧化铝出口", "什么时候发布", "下次发布时间 告诉我", "",
    "remind me what alumina exports were in march 2024", "提醒我什么时候发布",
    "tell me as soon as possible alumina exports march 2024",
    "tell us as soon as you can what alumina exports were",
    "let me know if alumina exports in march 2024 were over 100 kt",
    "tell me if exports in march 2024 were more than 100kt", "tell me if exports last month were over 100 kt",
    "let me know if exports fell below 2023 levels in 2024", "let me know when exports exceed 2023 levels",
    "notify me of alumina exports in march 2024", "提醒我一下2024年3月氧化铝出口是多少",
    "notify us if alumina exports in march 2024 were over 100 kt", "先通知我2024年3月氧化铝出口",
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "asks"), [*((text, True) for text in ALERTS), *((text, False) for text in QUESTIONS)]
)
def test_an_alert_is_told_from_a_question(text: str, asks: bool) -> None:
    assert (command_in(text) == "alert") == asks


# None of these is a number that is written out in full: which one is meant is asked, and not guessed.
NO_NUMBERS = (
    "三四万吨", "二三百万吨", "十二三万吨", "几百万吨", "数十万吨", "十几万吨", "五百千吨",
    "四百五美元每吨", "一万五吨", "一万五", "三四万", "百万吨", "二〇万吨", "两万三万吨", "十百吨",
)  # fmt: skip
NO_PERCENTS = ("百分之一百五", "三成一月", "几成", "百分之三四", "两三成")


@pytest.mark.parametrize(
    "text",
    [
        *(f"氧化铝出口超过{number}" for number in NO_NUMBERS),
        *(f"氧化铝出口同比增长超过{number}" for number in NO_PERCENTS),
    ],
)
def test_what_is_no_full_number_is_asked_back(text: str, dataset: Dataset) -> None:
    assert isinstance(read(text, dataset), UnresolvedAlert)


def condition_of(text: str, dataset: Dataset, last: Question | None = None) -> Condition:
    parsed = read(text, dataset, last)
    assert isinstance(parsed, ParsedAlert), parsed
    return parsed.condition


@pytest.mark.parametrize("text", READ)
def test_a_condition_is_read(text: str, dataset: Dataset) -> None:
    assert as_typed(condition_of(text, dataset), NONE) == READ[text]


LAST = Question.of(("alumina",), ("export",), Period.month(Month(2024, 3)))


@pytest.mark.parametrize("it", ["", "it", "the figure", "它", "这个", "這個", "該", "其"])
def test_it_is_the_series_spoken_of_before(it: str, dataset: Dataset) -> None:
    found = condition_of(f"{it} 超過20萬噸時提醒我", dataset, LAST)
    assert found == condition_of("alumina exports above 20 万吨", dataset)


AFTER = [
    # What was asked before, what is typed after it, and the same in full.
    (LAST, "it exceeds US$100m", "alumina exports above US$100m"),
    (replace(LAST, measure="value", unit="USD"), "above US$100m", "alumina exports above US$100m"),
    (LAST.about(flows=("net",)), "it turns negative", "alumina net trade turns negative"),
    (replace(LAST, scope="HS 28182000"), "above 200 kt", "HS 28182000 exports above 200 kt"),
    (LAST, "bauxite imports hit a record", "bauxite imports new record"),
]


@pytest.mark.parametrize(("last", "text", "full"), AFTER)
def test_the_question_before_gives_what_is_not_said(
    last: Question, text: str, full: str, dataset: Dataset
) -> None:
    assert condition_of(text, dataset, last) == condition_of(full, dataset)


def test_of_a_question_about_several_series_each_is_offered(dataset: Dataset) -> None:
    asked = read("above 200 kt", dataset, LAST.about(flows=("export", "import")))
    assert isinstance(asked, UnresolvedAlert)
    assert [each.series.flow for each in asked.offers] == ["export", "import"]


def test_what_is_read_otherwise_is_owned_up_to(dataset: Dataset) -> None:
    parsed = read("ingot imports above 100 kt", dataset)
    assert isinstance(parsed, ParsedAlert)
    assert "ingot" in parsed.restated[0]


ASKED_BACK = [
    # The text, what its sentence says, and one of the conditions that are offered in its place.
    ("alumina exports", "watched for", "alumina exports new record"),
    ("alumina exports above", "“above” what", ""),
    ("alumina exports above 200", "“200” in which unit", "alumina exports above 200 kt"),
    ("alumina exports 200 kt", "Above 200 kt or below", "alumina exports below 200 kt"),
    ("alumina exports above 200 kt or 300 kt", "One amount", "alumina exports above 300 kt"),
    ("alumina exports above 200 kt and yoy > 20%", "one thing", "alumina exports yoy up more than 20 %"),
    ("alumina exports above 0 kt", "below zero", "alumina net trade above 0 kt"),
    ("alumina exports above -5 kt", "below zero", "alumina net trade above -5 kt"),
    ("bauxite imports above 0 kt", "below zero", ""),
    ("alumina exports volume above US$1bn", "amount of money", "alumina exports value in US$ above US$1bn"),
    ("alumina exports value above 200 kt", "is a weight", "alumina exports above 200 kt"),
    ("alumina exports value above US$500/t", "a unit value", "alumina exports unit value above US$500/t"),
    ("alumina exports above 10 kt per day", "not of a day", ""),
    (
        "alumina exports at least 120% of last year",
        "more than so many",
        "alumina exports yoy up more than 20 %",
    ),
    ("alumina exports above 80% of last year", "no period", "alumina exports yoy up more than 80 %"),
    ("alumina exports not above 120% of last year", "no period", "alumina exports yoy up more than 120 %"),
    ("alumina exports no more than 120% of last year", "no period", "alumina exports yoy up more than 120 %"),
    ("alumina exports yoy above 120% of last year", "no period", "alumina exports yoy up more than 120 %"),
    ("alumina exports grow more than 120% of last year", "period", "alumina exports yoy up more than 120 %"),
    ("alumina exports above 120% of last year's average", "period", "alumina exports mom up more than 120 %"),
    ("alumina exports quadruple", "On a year earlier", "alumina exports mom up more than 300 %"),
    ("氧化铝出口翻两番", "同比还是环比", "氧化铝出口同比增长超过300%"),
    ("氧化铝出口增速翻两番", "翻两番", "氧化铝出口同比增长超过20%"),
    ("alumina exports yoy up by two point five percent", "leave “percent” out", ""),
    ("alumina exports up 20 kt", "watched in percent", "alumina exports yoy up more than 20 %"),
    ("alumina exports up 20 kt on the month", "watched in percent", "alumina exports mom up more than 20 %"),
    ("alumina exports fall by 20 kt", "watched in percent", "alumina exports mom down more than 20 %"),
    ("alumina exports fall by more than 20 kt", "watched in percent", "alumina exports below 20 kt"),
    (
        "alumina exports change by 20 kt",
        "watched in percent",
        "alumina exports mom changes by more than 20 %",
    ),
    ("alumina net imports up 20 kt", "watched in percent", "alumina net trade below -20 kt"),
    ("alumina exports value up US$20m", "in percent", "alumina exports value in US$ yoy up more than 20 %"),
    ("氧化铝出口增加2万吨", "以百分比表示", "氧化铝出口环比增长超过20%"),
    ("氧化铝出口减少2万吨以上", "以百分比表示", "氧化铝出口低于2万吨"),
    ("铝土矿进口环比减少100万吨", "以百分比表示", "铝土矿进口环比下降超过20%"),
    ("alumina exports in march above 200kt", "leave “march” out", "alumina exports above 200 kt"),
    ("alumina exports above 2024-03", "leave “2024-03” out", "alumina exports new record"),
    ("alumina ytd exports above 2 Mt", "not running totals", "alumina exports above 2 Mt"),
    ("alumina exports trend above 200 kt", "leave “trend” out", "alumina exports above 200 kt"),
    ("bauxite imports guinea share above 70%", "Shares are not watched", ""),
    ("above 200 kt", "Of which series", "alumina exports above 200 kt"),
    ("alumina above 200 kt", "one series", "alumina imports above 200 kt"),
    ("everything above 200 kt", "one series", "alumina exports above 200 kt"),
    ("alumnia exports above 200 kt", "the word “alumnia”", "alumina exports above 200 kt"),
    ("bauxite exports above 200 kt", "Of bauxite only imports", "bauxite imports above 200 kt"),
    ("copper exports above 200 kt", "copper", ""),
    ("bauxite imports from guinea above 2 Mt", "no month is on record", "bauxite imports above 2 Mt"),
    ("alumina exports fell by more than 10%", "year earlier, or", "alumina exports mom down more than 10 %"),
    ("alumina exports double", "year earlier, or", "alumina exports mom up more than 100 %"),
    ("alumina exports double", "year earlier, or", "alumina exports yoy up more than 100 %"),
    ("氧化铝出口翻倍时提醒我", "同比还是环比", "氧化铝出口同比增长超过100%"),
    ("氧化铝出口翻倍时提醒我", "同比还是环比", "氧化铝出口环比增长超过100%"),
    ("alumina exports at least double yoy", "so many percent", "alumina exports yoy up more than 100 %"),
    ("growth of alumina exports doubles", "the word “doubles”", "alumina exports yoy up more than 20 %"),
    ("氧化铝出口同比增速翻倍", "“翻倍”", "氧化铝出口同比增长超过20%"),
    ("alumina exports fall by half a million tonnes", "“half”", "alumina exports yoy down more than 20 %"),
    ("氧化铝出口同比增长两倍", "一个百分比", "氧化铝出口同比增长超过200%"),
    ("氧化铝出口同比增长两倍", "一个百分比", "氧化铝出口同比增长超过100%"),
    ("氧化铝出口同比增长十一倍", "一个百分比", "氧化铝出口同比增长超过1,100%"),
    ("氧化铝出口同比增长十一倍", "一个百分比", "氧化铝出口同比增长超过1,000%"),
    ("氧化铝出口同比增长一点五倍", "一个百分比", "氧化铝出口同比增长超过50%"),
    ("氧化铝出口同比增长超过一倍半", "“倍半”", "氧化铝出口同比增长超过20%"),
    ("氧化铝出口同比增长十几倍", "“十倍”", "氧化铝出口同比增长超过20%"),
    ("氧化铝出口超过去年同期的一倍", "“倍”", "氧化铝出口同比增长超过0%"),
    ("氧化铝出口达到去年同期的一倍", "请去掉“去年同期”", ""),
    ("alumina exports yoy 10%", "Up, down", "alumina exports yoy changes by more than 10 %"),
    ("alumina exports yoy", "how many percent", "alumina exports yoy up more than 20 %"),
    ("alumina exports yoy up 10% or 20%", "One percentage", "alumina exports yoy up more than 20 %"),
    ("alumina exports yoy below 5%", "so many percent", "alumina exports yoy up more than 5 %"),
    ("alumina exports yoy at least 5%", "so many percent", "alumina exports yoy up more than 5 %"),
    ("alumina exports yoy > -10%", "so many percent", "alumina exports yoy down more than 10 %"),
    ("alumina exports yoy changes by 0%", "is every change", "alumina exports yoy changes by more than 20 %"),
    ("alumina exports yoy down more than 120%", "100 % or more", "alumina exports yoy down more than 20 %"),
    ("alumina exports yoy above 200 kt", "in percent", "alumina exports above 200 kt"),
    ("alumina exports rise by more than 20 kt", "in percent", "alumina exports above 20 kt"),
    ("alumina exports up 20 kt", "in percent", "alumina exports above 20 kt"),
    ("氧化铝出口增长超过20万吨", "以百分比表示", "氧化铝出口超过20万吨"),
    ("alumina exports exceed last year by 20 kt", "in percent", "alumina exports yoy up more than 0 %"),
    ("alumina exports exceed last year by 20 kt", "in percent", "alumina exports above 20 kt"),
    ("alumina exports below last month by 5 kt", "in percent", "alumina exports mom down more than 0 %"),
    ("alumina exports above last year and above 200 kt", "in percent", "alumina exports above 200 kt"),
    ("alumina net imports above last year by 20 kt", "in percent", "alumina net trade below -20 kt"),
    ("氧化铝出口超过去年同期20万吨", "以百分比表示", "氧化铝出口同比增长超过0%"),
    ("氧化铝出口超过上月5万吨", "以百分比表示", "氧化铝出口超过5万吨"),
    ("氧化铝出口比去年同期多20万吨", "以百分比表示", "氧化铝出口超过20万吨"),
    ("alumina exports mom > 5", "in percent", "alumina exports mom up more than 5 %"),
    ("氧化铝出口不低于去年同期", "超过百分之多少", "氧化铝出口同比增长超过0%"),
    ("alumina exports at most last month", "so many percent", "alumina exports mom down more than 0 %"),
    ("alumina exports at least last year", "so many percent", "alumina exports yoy up more than 0 %"),
    ("氧化铝出口不高于去年同期10%", "当时的10%", "氧化铝出口同比下降超过10%"),
    ("alumina exports below last year by less than 5%", "so many", "alumina exports yoy down more than 5 %"),
    ("alumina exports growth above last year", "so many percent", "alumina exports yoy up more than 0 %"),
    ("氧化铝出口增速超过去年同期20%", "超过百分之多少", "氧化铝出口同比增长超过20%"),
    ("氧化铝出口低于去年同期10%", "当时的10%", "氧化铝出口同比下降超过10%"),
    ("氧化铝出口低于去年同期10%", "当时的10%", "氧化铝出口同比下降超过90%"),
    ("氧化铝出口低于去年同期的八成", "当时的80%", "氧化铝出口同比下降超过20%"),
    ("氧化铝出口超过去年同期的120%", "当时的120%", "氧化铝出口同比增长超过20%"),
    ("氧化铝出口超过去年同期120%", "当时的120%", "氧化铝出口同比增长超过120%"),
    ("氧化铝出口超过上月的80%", "当时的80%", "氧化铝出口环比增长超过80%"),
    ("alumina exports fall below last month", "so many percent", "alumina exports mom down more than 0 %"),
    ("氧化铝出口涨幅超过去年同期10%", "超过百分之多少", "氧化铝出口同比增长超过10%"),
    ("alumina exports up and below last year by 5%", "so many", "alumina exports yoy up more than 5 %"),
    ("alumina exports yoy 150%", "Up, down", "alumina exports yoy up more than 150 %"),
    ("alumina exports yoy > 5", "in percent", "alumina exports yoy up more than 5 %"),
    ("alumina exports above 200 kt three months in a row", "months in a row", "alumina exports above 200 kt"),
    ("alumina exports do not exceed 200 kt", "“not”", ""),
    ("alumina exports above 200,5 kt", "“200” in which unit", "alumina exports above 200 kt"),
    ("alumina exports turn negative", "never below zero", "alumina net trade turns negative"),
    ("bauxite imports turn negative", "never below zero", "bauxite imports yoy turns negative"),
    ("bauxite turns net importer", "only imports are on record", "bauxite imports yoy turns negative"),
    ("alumina exports mom turns negative", "not on the month before", "alumina exports yoy turns negative"),
    ("alumina net imports yoy up 20%", "no percentage", "alumina net trade changes sign"),
    ("alumina exports revised by more than 5%", "however large", "alumina exports revised"),
    ("alumina net trade revised", "not printed", "alumina imports revised"),
    ("alumina exports unit value revised", "not printed", "alumina exports value in US$ revised"),
    ("alumina exports once every time above 200 kt", "Once or every", "alumina exports above 200 kt, once"),
    ("x" * 501, "too long", ""),
    ("氧化铝出口超过20", "什么单位", "氧化铝出口超过20万吨"),
    ("氧化铝出口转负", "不会为负", "氧化铝净进出口转负"),
    ("氧化铝出口超过20万", "什么单位", "氧化铝出口超过20万吨"),
    ("氧化铝出口额超过1亿", "什么单位", "氧化铝出口金额超过1亿美元"),
    ("氧化铝出口20w以上", "“20w”是什么单位", "氧化铝出口不低于20万吨"),
    ("20万以上 氧化铝出口", "“20万”是什么单位", "氧化铝出口不低于20万吨"),
    ("氧化铝出口20w", "“20w”是什么单位", "氧化铝出口低于20万吨"),
    ("氧化铝出口二十万以上", "“20万”是什么单位", "氧化铝出口不低于20万吨"),
    ("氧化铝出口额超过一亿", "什么单位", "氧化铝出口金额超过1亿美元"),
    ("氧化铝出口额一亿", "什么单位", "氧化铝出口金额低于1亿美元"),
    ("氧化铝出口额超过3千万", "“3千万”是什么单位", "氧化铝出口金额超过30,000,000美元"),
    ("氧化铝出口200k以上", "“200k”是什么单位", "氧化铝出口不低于200千吨"),
    ("alumina exports 200k or more", "“200k” in which unit", "alumina exports at least 200 kt"),
    ("alumina exports above 200k", "“200k” in which unit", "alumina exports above 200 kt"),
    ("铝材出口连续三个月下降", "不看连续几个月", "铝及铝材出口同比下降超过20%"),
    ("铝土矿进口三连跌", "不看连续几个月", "铝土矿进口同比下降超过20%"),
    ("alumina exports three straight falls", "months in a row", "alumina exports yoy down more than 20 %"),
    ("氧化铝出口创年内新高", "不按某一段时间", "氧化铝出口创新高"),
    ("bauxite imports 12-month high", "not of a stretch", "bauxite imports new record high"),
    ("氧化铝出口超过20万吨或低于10万吨", "一次只写一个数量", "氧化铝出口低于10万吨"),
    ("氧化铝出口和进口都超过20万吨", "一个品种、一个方向", "氧化铝进口超过20万吨"),
    ("氧化铝出口暴增", "百分之多少", "氧化铝出口同比增长超过20%"),
    ("每月氧化铝出口数据出来时提醒我", "订阅", "氧化铝出口创纪录"),
    ("notify me every month on alumina exports", "subscribe", "alumina exports new record"),
    ("列出我的提醒", "提醒列表", ""),
    ("取消提醒", "提醒列表", ""),
    ("alert: delete all", "/alumina alerts", ""),
]
TEXTS = [text[:60] for text, *_ in ASKED_BACK]


@pytest.mark.parametrize(("text", "sentence", "offered"), ASKED_BACK, ids=TEXTS)
def test_what_is_no_condition_is_asked_back(text: str, sentence: str, offered: str, dataset: Dataset) -> None:
    reply = read(text, dataset)
    assert isinstance(reply, UnresolvedAlert), reply
    assert sentence in " ".join(issue.sentence for issue in reply.issues)
    with speaking(reply.language):
        offers = [as_typed(each, dataset.catalogue) for each in reply.offers]
    assert offered in offers or (not offered and not offers), offers


def test_a_long_row_of_the_same_words_comes_to_an_end(dataset: Dataset) -> None:
    reply = read("我的" * 100, dataset)
    assert isinstance(reply, UnresolvedAlert)
    assert reply.outcome == "ask_back"
