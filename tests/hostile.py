"""More than a hundred texts that could do something in Slack or a spreadsheet: what comes back is words."""

MENTIONS = [
    "<!channel>", "<!here>", "<!everyone>", "<!here|here>", "<!channel|alumina>", "<!subteam^S012AB3CD>",
    "<!subteam^S012AB3CD|@smelters>", "<@U012AB3CD>", "<@W012AB3CD>", "<@U012AB3CD|anna>", "<#C012AB3CD>",
    "<#C012AB3CD|general>", "<!date^1392734382^{date}|now>", "<!date^0^{date}^https://evil.example|now>",
    "&lt;!channel&gt;", "&amp;lt;!channel&amp;gt;", "<<!channel>>", "<! channel>", "<!\u200bchannel>",
    "@channel", "@here", "@everyone", "<!channel", "!channel>", "alumina <!channel> march",
    "&#60;!channel&#62;", "<!\u2060channel>", "<!subteam^S012AB3CD>\n<@U012AB3CD>|x", "<@U_ANA>&gt;",
    "\\u003c!channel\\u003e", "a" * 300 + "<!here>",
]  # fmt: skip
LINKS = [
    "<http://evil.example|customs>", "<https://evil.example|China Customs>", "<mailto:x@evil.example|mail>",
    "<tel:+123|call>", "<slack://open|open>", "<javascript:alert(1)|here>", "http://evil.example",
    "https://user:pass@evil.example/%0d%0a", "[customs](https://evil.example)", "<https://a.example|b|c>",
    "<https://a.example\n|b>", "www.evil.example", "file:///etc/passwd", "<data:text/html,x|y>",
    "<https://a.example|*b*>", "<script>alert(1)</script>",
]  # fmt: skip
STYLES = [
    "*bold*", "_italic_", "~struck~", "`code`", "```block```", "```\nblock\n```", "*alumina", "alumina*",
    "* _ ~ `", "> quoted", ">>> quoted\nmore", "&gt; quoted", "• bullet", "1. one\n2. two", ":smile:",
    ":skull_and_crossbones::skin-tone-2:", "*_~`all`~_*", "a*b*c", "snake_case_name", "# heading", "---",
    "{title} {0} %s", "`\u200b`\u200b`",
    "line one\nline two", "tab\there", "\r\nalumina",
]  # fmt: skip
UNSEEN = [
    "\u202ealumina", "alumina\u202d march", "\u2066alumina\u2069", "\u2067alumina", "a\u200blumina",
    "a\u200clumina", "a\u200dlumina", "\ufeffalumina", "alu\u00admina", "alumina\u2060", "\u061calumina",
    "\u200ealumina\u200f", "\u180ealumina", "\u3164", "\u115f\u1160", "\u034falumina", "\x00alumina",
    "\x07alumina\x1b[31m", "\x7falumina", "\u0085alumina", "\u2028alumina\u2029", "\U000e0041\U000e0042",
    "\ud800", "\uffff\ufffe", "\ue000", "a" + "\u0301" * 200,
    "\x1b]8;;https://evil.example\x07alumina", "\u05e9\u05dc\u05d5\u05dd 140 kt",
]  # fmt: skip
FORMULAS = [
    "=1+1", "+1+1", "-1+1", "@SUM(A1)", "=HYPERLINK(\"http://evil.example\")", "=cmd|' /C calc'!A0",
    "\t=1+1", "\r=1+1", "\u200b=1+1", "\"=1+1", "'=1+1",
    "\uff1d1+1", "\uff0b1+1", "\uff20SUM(A1)", "\u200b\uff0d1",
]  # fmt: skip
HOSTILE = [*MENTIONS, *LINKS, *STYLES, *UNSEEN, *FORMULAS]
