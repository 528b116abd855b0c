"""The pages around a table: as the site sends them and as browsers save them."""

import quopri
import re
from random import Random

from bot.dataset.calendar import MONTH_NAMES

from .tables import table
from .truth import Sheet

ADDRESS = "http://english.customs.gov.cn/Statics/2d569f57-a86e-4d63-94fb-d3000b039aa7.html"
STRAY = ("", "", "-EndFragment-->\n", "-EndFragment--&gt;\n", "<br />\n", "<!--StartFragment-->")
NAV = """<div class="g-top"><div class="g-top-lks"><a href="/">Home</a><span>|</span>
<a href="#">中文站</a></div></div>
<div class="g-m"><div class="g-hdr"><form id="formFTS" method="post">
<input class="ipt-txt" type="text" value="" /></form>
<div class="g-hdr-ttl"></div><div class="clr"></div></div><div class="g-nav"><ul><li class="g-nav-itm">
<a href="/statics/report/preliminary.html" target="_blank">Statistics<img alt="arrow"></a>
<div class="sub"><ul><li><a href="http:/statics/report/trade.html">• Trade Indices</a></li>
<li class="sub-spl"></li>
<li><a href="/statics/report/monthly.html" target="_blank">• Monthly Bulletin</a></li>
</ul></div></li></ul></div>"""
FOOT = """<div class="g-ftr"><p class="g-ftr-title">About GACC</p><p class="ft-title">Friendly Links</p></div>
<div class="g-btm"><p>General Administration of Customs of the People's Republic of China
<p>Address: No.6. Jianguomennei Avenue &nbsp;&nbsp; Postcode: 100730</div>
<script>if ($("#monthlysel").val() == "2018") { document.write("<table><tr><td>"); }</script>"""
MENU = "<table width=100%><tr><td><a href=/a.html>Statistics</a></td><td>Print</td></tr></table>"
YUAN = ("Unit:RMB￥10,000", "Unit:RMB 10,000", "Unit：RMB ¥10,000")
TAGS = re.compile(r"(?<=<)(/?)(table|tbody|tr|td|th|span|div|p|b|title|head|body|html)\b")
CHARSETS = (
    '<meta charset="UTF-8">',
    '<META http-equiv="Content-Type" content="text/html; charset=gb2312">',
    "",
)
WESTERN = '<meta http-equiv="Content-Type" content="text/html; charset=windows-1252">'
DOCTYPES = (
    "<!DOCTYPE html>\n",
    "",
    '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN"'
    ' "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">\n',
    '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n',
)


def page(draw: Random, sheet: Sheet, *, lying: bool = False) -> bytes:
    """The sheet as one of the many pages that print it; a lying one is headed in yuan over dollars."""
    title, unit = title_of(draw, sheet), draw.choice(YUAN) if lying else unit_of(draw, sheet)
    inside = draw.random() < 0.6
    laid = table(draw, sheet, unit if inside else "", title)
    before = "" if inside else f'<p style="text-align:right">{unit}</p>'
    content = draw.choice(STRAY) + before + _wrapped(draw, laid)
    text = _document(draw, title, date_of(draw, sheet), content)
    return saved(draw, text)


def title_of(draw: Random, sheet: Sheet) -> str:
    month, year, word = sheet.end.number, sheet.end.year, MONTH_NAMES[sheet.end.number - 1]
    flow = "Export" if sheet.flow == "export" else "Import"
    if sheet.stage == "flash":
        named = f"Jan-{word[:3]}" if "month" not in sheet.blocks else word
        when = draw.choice(
            (f", {named} {year}", f", {word[:3]}. {year}" if named == word else f",{named} {year}")
        )
        number = draw.choice(("(5) ", "(5)", ""))
        return f"{number}China's Major {flow}s by Quantity and Value{when} (in USD)"
    from_january = (f",1-{month}.{year}", f", 1-{month}.{year}", f"，1-{month}.{year}") if month > 1 else ()
    when = draw.choice((f",{month}.{year}", f",{month}. {year}", f" ,{month}.{year}", *from_january))
    number = draw.choice(("（13）", "(13)", "（13） ", "( 14 )"))
    space = draw.choice((" ", "  "))
    return f"{number}Major {flow} Commodities{space}in Quantity and Value{when}"


def unit_of(draw: Random, sheet: Sheet) -> str:
    if sheet.stage == "flash":
        return draw.choice(("Unit: USD1 Million", "Value Unit: USD 1 Million", "Unit：USD1 Million"))
    return draw.choice(("Unit:US$1,000", "Unit: US$1,000", "Unit：US$1,000", "(Unit: US$ 1,000)"))


def date_of(draw: Random, sheet: Sheet) -> str:
    """As the site prints it: the year first, and till 2020 the month."""
    day = sheet.day
    spelled = [f"{day:%Y/%m/%d}", f"{day.year}/{day.month}/{day.day}", f"{day:%Y-%m-%d} 10:30"]
    return draw.choice([f"{day:%m/%d/%Y}"] if day.year <= 2020 and draw.random() < 0.6 else spelled)


def _wrapped(draw: Random, laid: str) -> str:
    return draw.choice(
        (laid, laid, f"<div style=overflow-x:auto>{laid}</div>", f"<table><tr><td>{laid}</td></tr></table>")
    )


def _document(draw: Random, title: str, day: str, content: str) -> str:
    window = draw.choice((title, title, "Statistics - GACC"))
    charset = draw.choice(CHARSETS)
    return (
        f"{draw.choice(DOCTYPES)}<html>\n<head>\n    {charset}\n    <title>{window}</title>\n"
        f'<script>window.dataLayer = window.dataLayer || []; var a = "<td>";</script></head>\n<body>{NAV}'
        f"{draw.choice(('', MENU))}"
        f'<div class="atcl"><div class="atcl-main"><div class="atcl-ttl">{title}</div></div>\n'
        f'<div class="atcl-date">{day}</div>\n<div class="atcl-cnt" style="overflow-x:auto">{content}</div>\n'
        f"""<div class="atcl-rct"><div class="atcl-rct-ttl"><a href = 'http://x\\Excel\\10.xls'>{title}</a>"""
        f'<img src="\\Images\\download.png" /></div></div></div>\n{FOOT}\n</body>\n</html>\n'
    )


def saved(draw: Random, text: str) -> bytes:
    """Its bytes: as sent, from the window of a browser, in a browser's archive, or in an older encoding."""
    if draw.random() < 0.2:
        text = text.replace("\n", "\r\n")
    if draw.random() < 0.15:
        text = TAGS.sub(lambda tag: tag[1] + tag[2].upper(), text)
    if draw.random() < 0.1:
        text = text.replace("</td>", "").replace("</TD>", "")
    if draw.random() < 0.1:
        return re.sub("(?i)<head>", f"<head>{WESTERN}", text).encode("cp1252", "xmlcharrefreplace")
    mark = f"<!-- saved from url=({len(ADDRESS):04}){ADDRESS} -->\n"
    encodings = ("utf-8", "utf-8", "utf-8-sig", "gb18030", "utf-16")
    return (draw.choice(("", "", mark)) + text).encode(draw.choice(encodings), "xmlcharrefreplace")


def archived(content: bytes) -> bytes:
    """What Chrome writes as “Webpage, Single File”."""
    boundary = "----MultipartBoundary--Nq4vN0----"
    head = (
        f"From: <Saved by Blink>\r\nSnapshot-Content-Location: {ADDRESS}\r\n"
        "Subject: =?utf-8?Q?Statistics?=\r\n"
        'MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype="text/html";\r\n'
        f'\tboundary="{boundary}"\r\n\r\n\r\n--{boundary}\r\nContent-Type: text/html\r\n'
        "Content-ID: <frame-1@mhtml.blink>\r\n"
        f"Content-Transfer-Encoding: quoted-printable\r\nContent-Location: {ADDRESS}\r\n\r\n"
    )
    styles = f"\r\n--{boundary}\r\nContent-Type: text/css\r\n\r\ntd {{ color: red }}\r\n--{boundary}--\r\n"
    return head.encode() + quopri.encodestring(content) + styles.encode()
