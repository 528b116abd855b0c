"""The words the bot knows, as tables that people can read: meaning, then the words for it, split by commas.

The series' own names stand in commodities.toml; words of time, and those that join others, in `marks`;
months, quarters and dates are read in `moments`; what lies outside the data stands in `outside`, what is to
be done with the figures in `wishes`. The longest match wins, so "net exports" is not "exports".
"""

from typing import Final

GROUPS: Final = {
    "all": (
        "everything, all, all series, the chain, whole chain, aluminium chain, aluminum chain, "
        "value chain, supply chain, overview, summary, full picture, whole picture, all of it, "
        "all of them, 全部, 所有, 整个产业链, 产业链, 全产业链, 铝产业链, 整个铝产业链, 铝全产业链, "
        "全部品种, 所有品种, 各品种, "
        "概览, 总览, 汇总, 总结, 小结, 简报"
    ),
    "raw": ("raw materials, raw material, feedstock, feedstocks, feed, 原料, 原材料"),
}
FLOWS: Final = {
    "export": (
        "exports, export, ship, ships, ship abroad, ship out, shipped out, exported, exporting, "
        "shipped, shipments out, outbound, exp, sell to, sells to, sold to, selling to, sales to, went out, "
        "going out, goes out, moved out, sent out, "
        "outbound shipments, outgoing, sent abroad, selling abroad, sell abroad, sold abroad, "
        "overseas sales, sales abroad, shipments abroad, shipped abroad, outflow, outflows, 出口, "
        "出口量, 外销, 对外出口"
    ),
    "import": (
        "imports, import, imported, importing, inbound, inbound shipments, incoming, arrivals, arrived, "
        "buying, bought, buy, purchases, purchased, buying abroad, bought abroad, from abroad, "
        "from overseas, purchases abroad, imp, inflow, inflows, 进口, 进口量, 外购, "
        "进了, 买进, 买了, 采购, 进口了, 到港, 到港量, 到货, 到货量"
    ),
    "both": (
        "in and out, out and in, in/out, to and from, from and to, both, both ways, both directions, "
        "both flows, imports and exports, exports and imports, 进出口"
    ),
    "net": (
        "difference between exports and imports, difference between imports and exports, "
        "exports minus imports, imports minus exports, exports less imports, imports less exports, "
        "importer or exporter, exporter or importer, net importer or exporter, net exporter or importer, "
        "net, net trade, net exports, net export, net imports, net import, net exporter, net importer, "
        "balance, trade balance, surplus, trade surplus, deficit, trade deficit, 净出口, 净进口, 差额, "
        "净出口国, 净进口国, "
        "净, 净额, 净出口量, 净进口量, 净进出口, 净进出口量, 净贸易, 净贸易量, 贸易差额, 贸易顺差, 贸易逆差, "
        "顺差, 逆差, 外贸顺差, 外贸逆差"
    ),
}
MEASURES: Final = {
    "quantity": (
        "volume, volumes, vol, vols, qty, quantity, quantities, tonnage, by volume, by weight, "
        "in volume, weight, 量, 数量, 重量, 贸易量"
    ),
    "value": (
        "how much money, "
        "spend, spends, spent, spending, pay, pays, paid, pay for, paid for, paying, earn, earned, "
        "earnings, revenue, revenues, value, values, worth, in value, by value, in value terms, "
        "in money, bill, usd, dollar, dollars, us dollar, us dollars, in dollars, million usd, "
        "million dollars, usd million, billion usd, billion dollars, usd billion, billion us dollars, "
        "million us dollars, usd bn, bn usd, usd m, m usd, mn usd, usd mn, mln usd, usd mln, 金额, 额, 价值, "
        "总值, 总额, 出口值, 进口值, "
        "多少钱, 花了多少钱, 花多少钱, 总共花了多少钱, 一共花了多少钱, 值多少钱, 总共多少钱, 一共多少钱, "
        "美元, 万美元, 亿美元, 货值, 美金, 美元计价"
    ),
    "unit_value": (
        "unit value, unit values, unit price, unit prices, average price, average price per tonne, "
        "average price per ton, avg price, avg export price, avg import price, mean export price, "
        "mean import price, avg unit value, average export price, average import price, average unit value, "
        "average value per tonne, price per tonne, price per ton, value per tonne, value per ton, "
        "usd per t, usd per mt, usd per tonne, usd per ton, usd per metric tonne, usd per metric ton, "
        "dollars per tonne, dollars per ton, dollars per metric tonne, dollars per metric ton, "
        "us dollars per tonne, us dollars per ton, dollars a tonne, dollars a ton, per tonne, per ton, "
        "per metric tonne, a tonne, a ton, 单价, 均价, 平均价格, 平均单价, 吨价, "
        "平均多少钱, 平均每吨多少钱, 平均一吨多少钱, "
        "每吨价格, 一吨多少钱, 每吨多少钱, 多少钱一吨, 每吨多少美元, 一吨多少美元, 美元每吨, 美元一吨, "
        "每吨美元, usd per吨, 美元per吨"
    ),
}
UNITS: Final = {
    "t": ("t, tonne, tonnes, ton, tons, metric ton, metric tons, metric tonne, metric tonnes, 吨, 公吨"),
    "kt": (
        "kt, kmt, ktonnes, ktons, k tonnes, k tons, kiloton, kilotons, kilotonne, kilotonnes, "
        "thousand tonnes, thousand tons, thousand t, thousands of tonnes, thousands of tons, "
        "thousand metric tonnes, "
        "thousand metric tons, thousand mt, 000 t, 000 tonnes, 000 tons, 1000 t, 1000 tonnes, 1000 tons, "
        "1 000 t, 1 000 tonnes, 1 000 tons, 千吨"
    ),
    "Mt": (
        "mt, mmt, million tonnes, million tons, million t, mln tonnes, mln tons, mln t, millions of tonnes, "
        "millions of tons, "
        "million metric tonnes, million metric tons, mln metric tonnes, mln metric tons, million mt, mln mt, "
        "m tonnes, 百万吨"
    ),
    "wan_t": (
        "万吨, wan t, wan tonnes, wan tons, ten thousand tonnes, ten thousand tons, 10 000 tonnes, "
        "10 000 tons, 10 000 t, 10kt, 10 kt, 10k t, 10k tonnes, 10k tons"
    ),
    "t/day": (
        "per day, daily rate, a day, daily average, average daily, average per day, daily, t per day, "
        "t per d, tpd, million tonnes per day, million tons per day, mt per day, kt per day, kt a day, "
        "kt per d, thousand tonnes per day, thousand tonnes a day, "
        "thousand tons per day, tonnes per day, tons per day, tonnes a day, tons a day, per calendar day, "
        "each day, 日均, 每天, 每日, 吨per天, 吨per日, 平均每天, 平均每日"
    ),
    "%": (
        "share, shares, proportion, percentage of, percent of, as a share of, share of, "
        "as a percentage of, market share, portion, fraction, 占比, 份额, 比例, 比重, 占, 几成, 占几成, "
        "百分之几"
    ),
    "lb": "lb, lbs, pound, pounds, 磅",
    "st": "st, short ton, short tons, thousand short tons, million short tons, mln short tons, 短吨",
}
NUMBER_WORDS: Final = {
    word: number
    for number, words in enumerate(
        "one,two,three,four,five,six,seven,eight,nine,ten,eleven,twelve".split(","), 1
    )
    for word in (words, str(number), f"{number:02d}")
} | {
    "first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4,
    "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
    "十": 10, "十一": 11, "十二": 12, "上": 1, "下": 2,
}  # fmt: skip
MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "january,jan", "february,febr,feb", "march,mar", "april,apr", "may", "june,jun", "july,jul",
            "august,aug", "september,sept,sep", "october,oct", "november,nov", "december,dec",
        ),
        1,
    )
    for name in names.split(",")
}  # fmt: skip
PARTNER_WORDS: Final = {
    "Australia": "australia, australian, aussie, 澳大利亚, 澳洲",
    "Brazil": "brazil, brazilian, 巴西",
    "Canada": "canada, canadian, 加拿大",
    "China": (  # goods of Chinese origin that come back; the name alone says who trades
        "china re imports, from china re imports, chinese origin, of chinese origin, china origin, "
        "中国复进口, 从中国复进口, 自中国复进口, 国货复进口, 复进口, 原产中国"
    ),
    "Côte d'Ivoire": "côte divoire, cote divoire, ivory coast, ivorian, 科特迪瓦",
    "France": "france, french, 法国",
    "Germany": "germany, german, 德国",
    "Ghana": "ghana, ghanaian, 加纳",
    "Guinea": "guinea, guinean, guineas, 几内亚",
    "Guyana": "guyana, guyanese, 圭亚那",
    "Hong Kong": "hong kong, hongkong, 中国香港, 香港, 从中国香港, 自中国香港, 到中国香港, 至中国香港",
    "Iceland": "iceland, icelandic, 冰岛",
    "India": "india, indian, 印度",
    "Indonesia": "indonesia, indonesian, 印度尼西亚, 印尼",
    "Jamaica": "jamaica, jamaican, 牙买加",
    "Japan": "japan, japanese, 日本",
    "Laos": "laos, lao, laotian, 老挝",
    "Malaysia": "malaysia, malaysian, 马来西亚",
    "Montenegro": "montenegro, montenegrin, 黑山",
    "Pakistan": "pakistan, pakistani, 巴基斯坦",
    "Russia": "russia, russian, russian federation, russias, 俄罗斯, 俄国, 俄",
    "Solomon Islands": "solomon islands, the solomons, solomons, 所罗门群岛, 所罗门",
    "Thailand": "thailand, thai, 泰国",
    "Turkey": "turkey, turkish, turkiye, türkiye, 土耳其",
    "United Arab Emirates": "united arab emirates, uae, emirates, the emirates, emirati, 阿联酋",
    "United Kingdom": "united kingdom, uk, britain, british, 英国",
    "United States": "united states, usa, america, american, the states, 美国",
}
MORE_SERIES_WORDS: Final = {
    "alumina": "al2o3",
    "unwrought_aluminium": (
        "unwrought, aluminium product, aluminum product, unwrought aluminium and products, "
        "unwrought aluminum and products, aluminium and products, aluminum and products, "
        "aluminium and aluminium products, aluminum and aluminum products, aluminiums, al, "
        "aluminium metal, aluminum metal, wrought and unwrought aluminium"
    ),
    "bauxite": "bauxites, bauxite ore, bauxite ores, 铝土, 铝矿石, 铝矾土, 铝钒土, 铝土矿石, 矿, 矿石",
    "primary_aluminium": (
        "primary al, primary ingot, aluminium ingot, aluminum ingot, aluminium ingots, aluminum ingots, "
        "ingots, primary unwrought aluminium, primary unwrought aluminum"
    ),
    "aluminium_scrap": (
        "scraps, scrap metal, scrap aluminium, scrap aluminum, al scrap, scrap al, 铝废料, 废铝料, "
        "废旧铝, 废杂铝"
    ),
}
# Words for something narrower than the line, as the wider aliases of commodities.toml are.
MORE_WIDER_WORDS: Final = {
    "unwrought_aluminium": (
        "semi finished, semi finished products, semi finished aluminium, semi finished aluminum, "
        "semi fabricated, semi fabricated products, semi manufactures, semi, fabricated products, "
        "铝产品, 铝加工材"
    ),
    "aluminium_scrap": "再生铝原料, 再生铸造铝合金原料, 铝屑",
}
