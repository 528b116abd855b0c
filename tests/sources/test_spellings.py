"""A page in other spellings of the same layout gives the same rows."""

from tests.looped import looped

from .conftest import Reader, printed, saved

JULY = saved("bulletin-export-2026-07.html").decode()
FLASH = saved("flash-export-2026-05.html").decode()
NAME = "Unwrought Aluminium and Aluminium Products *"
TITLE = "（13）Major Export Commodities in Quantity and Value,7.2026"


def swapped(text: str, *pairs: tuple[str, str]) -> str:
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    return text


@looped(
    "pair",
    [
        (NAME, "Unwrought aluminum and aluminum products"),
        (NAME, "Unwrought&nbsp;Aluminum  &amp; Aluminum Products*"),
        (NAME, "<b>Unwrought aluminium</b> and<br>aluminium products<sup>*</sup>"),
        (TITLE, "(13) Major Export Commodities in Quantity and Value , 1-7.2026"),
        (TITLE, "（13） Major  Export Commodities in  Quantity and Value，7.2026"),
        (TITLE, "(13)Major Export Commodities in Quantity and Value,July 2026"),
        (TITLE, "(13)Major Export Commodities in Quantity and Value,Jan.-Jul. 2026"),
        (TITLE, "(15)MAJOR EXPORT COMMODITIES IN QUANTITY AND VALUE,07.2026"),
        ("10000T", "10,000T"),
        ("10000T", "10000 tons"),
        ("Unit:US$1,000", "Unit: US$ 1,000"),
        ("Unit:US$1,000", "（Unit：USD 1,000）"),
        ("Unit:US$1,000", "Unit: 1,000 US dollars"),
        ("Unit:US$1,000", "Units: thousand US$"),
        ("1to7", "1-7"),
        ("1to7", "1 to 7"),
        ("1to7", "Jan-Jul"),
        ("Percentage<br>Change", "Percentage</br>Change"),
        ("Percentage<br>Change", "Percentage Change (%) over the same period of last year"),
        ("<td rowspan=2>Commodity</td>", "<td rowspan='2'>Name of Commodity</td>"),
        ("<td rowspan=2>Commodity</td>", "<td rowspan=2>&nbsp;</td>"),
        ("2026/08/18", "2026-08-18 10:30"),
        ("<td align=right>30</td>", "<td align=right><p>&nbsp;30<span></span></p></td>"),
        ("<td align=right>191</td>", "<td align=right>１９１</td>"),
        ("33.0", "+33.0"),
        ("33.0", "33.000000000000007"),
        ("-EndFragment-->", "<!--StartFragment--><!-EndFragment-->-EndFragment-->"),
        ("</tr>", "<td></td></tr>"),
        ("</body>", "<script>document.write('<td>' + day);</script><!-- <table><tr><td> --></body>"),
        ("1to7", "1-7月"),
        ("</td>", ""),
        ("</tr>", ""),
        ("\n", "\r\n"),
    ],
)
def test_a_spelling_changes_nothing(pair: tuple[str, str], reader: Reader) -> None:
    assert rows(reader, swapped(JULY, pair)) == rows(reader, JULY)


@looped(
    "pair",
    [
        ("May 2026 (in USD)", "May,2026 (In USD)"),
        ("May 2026 (in USD)", "5.2026 (in US Dollars)"),
        ("China's", "China’s"),
        ("China's Major Exports", "Major Exports"),
        ("May 2026 (in USD)", "(in USD), in May 2026"),
        ("May 2026 (in USD)", "May 2026"),
        ("1-5 Total, Year-On-Year(%)", "Year-On-Year(%)"),
        ("10,000 Tons", "10000 tons"),
        ("10,000 Tons", "Ton"),
        ("10,000 Tons", "KG"),
        ("Unit: USD1 Million", "Unit：USD 1 Million"),
        ("1-5 Total,2025", "1-5 Total, 2025"),
        ("Year-On-Year(%)", "Year-on-Year (±%)"),
        ("10.4", "10.4%"),
    ],
)
def test_a_spelling_of_the_flash_changes_nothing(pair: tuple[str, str], reader: Reader) -> None:
    assert rows(reader, swapped(FLASH, pair)) == rows(reader, FLASH)


@looped("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_an_encoding_changes_nothing(encoding: str, reader: Reader) -> None:
    assert rows(reader, JULY.encode(encoding)) == rows(reader, JULY)


def test_tags_in_capitals_change_nothing(reader: Reader) -> None:
    shouted = JULY
    for tag in ("table", "tr", "td", "div", "title"):
        shouted = shouted.replace(f"<{tag}", f"<{tag.upper()}").replace(f"</{tag}", f"</{tag.upper()}")
    assert rows(reader, shouted) == rows(reader, JULY)


def test_a_fall_printed_with_a_long_dash_is_a_fall(reader: Reader) -> None:
    page = saved("bulletin-import-2026-07.html").decode()
    assert rows(reader, swapped(page, ("-22.0", "－22.0"), ("-4.6", "−4.6"))) == rows(reader, page)


def rows(reader: Reader, content: str | bytes) -> set[tuple[object, ...]]:
    return {printed(row) for row in reader(content).rows}
