"""What people ask that this data does not hold: the words for each topic."""

from typing import Final

TOPICS: Final = {
    "price": (
        "price, prices, pricing, priced, cost, costs, quote, quotes, lme, shfe, comex, cme, futures, "
        "spot, spot price, premium, premiums, premia, midwest, contango, backwardation, lme price, "
        "shfe price, market price, pax, 价格, 现货, 期货, 期货价格, 伦铝, 沪铝, 升水, 贴水, 行情, "
        "到岸价, 离岸价, 加工费, 成本, 上期所, 交易所, 上海期货交易所, cif, fob"
    ),
    "future": (
        "forecast, forecasts, forecasted, forecasting, outlook, projection, projections, projected, "
        "predict, prediction, predictions, predicted, expectation, expectations, estimate for, guess, "
        "will, would, could, should, shall, might, about to, likely to, expected to, expected, "
        "going to hit, going to reach, going to set, 能创新高, 能否创新高, 能不能创新高, "
        "预测, 预计, 预期, 展望"
    ),
    "industry": (
        "production, produce, produced, producing, producer, producers, output, stocks, stock, "
        "stockpile, stockpiles, inventory, inventories, warehouse, warehouses, warrants, consumption, "
        "consume, consumed, demand, supply, capacity, capacities, utilisation, utilization, smelter, "
        "smelters, smelting, refinery, refineries, refining, mine, mines, mining, margin, margins, "
        "profit, profits, power, electricity, energy, emissions, carbon, cbam, freight, tariff rate, "
        "tariffs, duty, duties, tax, rebate, quota, quotas, gdp, pmi, cpi, 产量, 生产, 库存, 消费, "
        "消费量, 需求, 供应, 产能, 开工率, 利润, 关税, 退税, 电价, 冶炼厂, "
        "社会库存, 表观消费, 表观消费量, 自给率, 依存度, 进口依存度, 对外依存度, 运费, 海运费"
    ),
    "metal": (
        "copper, zinc, nickel, lead metal, refined lead, lead exports, lead imports, lead ore, ore, ores, "
        "concentrate, concentrates, cathode, cathodes, refined, tin, steel, iron, iron ore, gold, silver, "
        "platinum, palladium, lithium, cobalt, magnesium, silicon, gallium, germanium, titanium, "
        "manganese, tungsten, antimony, molybdenum, vanadium, chrome, chromium, ferrochrome, rare earth, "
        "rare earths, coal, coking coal, oil, crude, crude oil, gas, lng, soybeans, soybean, soy, corn, "
        "wheat, cotton, rubber, caustic soda, soda, cryolite, anode, anodes, petroleum coke, petcoke, "
        "stainless, brass, bronze, uranium, graphite, metal, metals, base metals, nonferrous metals, "
        "nonferrous, non ferrous, 铜, 锌, 镍, 铅, 锡, 钢, 钢材, 钢铁, 铁矿石, 铁矿, 铁, 金, 黄金, 银, "
        "白银, 锂, 钴, 镁, 硅, 镓, 稀土, 煤, 煤炭, 原油, 石油, 天然气, 大豆, 精炼铜, 铜精矿, 不锈钢, "
        "烧碱, 预焙阳极"
    ),
    "part": (
        "rolled, rolled products, flat rolled, wheel, fabricated, wrought, wrought aluminium, "
        "wrought aluminum, unalloyed, p1020, ubc, used beverage can, used beverage cans, foil, foils, "
        "sheet, sheets, plate, plates, strip, coil, coils, extrusion, extrusions, profile, profiles, "
        "bar, bars, rod, rods, wire, wires, cable, cables, tube, tubes, pipe, pipes, fittings, powder, "
        "flake, billet, billets, slab, slabs, alloy, alloys, alloyed, castings, wheels, cans, can stock, "
        "canstock, doors, windows, secondary aluminium, secondary aluminum, secondary, recycled, "
        "recycled aluminium, recycled aluminum, fluoride, aluminium fluoride, aluminum fluoride, 箔, "
        "铝箔, 板, 铝板, 铝板带, 板带, 型材, "
        "铝型材, 棒, 铝棒, 线, 铝线, 管, 铝管, 合金, 铝合金, 再生铝, 氟化铝"
    ),
    "grade": (
        "calcined, metallurgical, non metallurgical, refractory grade, gibbsite, boehmite, hydroxide, "
        "hydroxides, aluminium hydroxide, aluminum hydroxide, corundum, smelter grade, "
        "metallurgical grade, chemical grade, high purity, 氢氧化铝, 刚玉, 冶金级, 化学级, 高纯, 电子级"
    ),
    "not": (
        "instead of, rather than, rather, excluding, exclude, excludes, excluded, excl, ex, except, "
        "except for, without, w/o, non, minus, other than, apart from, aside from, besides, not including, "
        "not counting, outside, outside of, with the exception of, save for, "
        "after deducting, everything but, all but, anywhere but, anything but, the rest, rest, "
        "不含, 不包括, 不包含, 不算, 不计, 排除, 去掉, 去除, 非, 其余, 其他, 其它, "
        "除了, 除去, 扣除, 剔除, 除外, 除, 外, 以外, 之外"
    ),
    "currency": (
        "yuan, rmb, cny, renminbi, eur, euro, euros, gbp, sterling, yen, jpy, roubles, rubles, rupees, "
        "人民币, 元, 亿元, 万元, 欧元, 日元, 汇率"
    ),
    "day": (
        "month to date, mtd, today, yesterday, tomorrow, tonight, week, weeks, "
        "last week, this week, next week, day, days, "
        "monday, tuesday, wednesday, thursday, friday, saturday, sunday, 今天, 昨天, 明天, 本周, 上周, "
        "每周, 上旬, 中旬, 下旬, 周, 实时"
    ),
    "link": "weblink",
    "reporter": (
        "province, provinces, port, ports, shandong, henan, guangxi, yunnan, guizhou, shanxi, xinjiang, "
        "inner mongolia, chongqing, shanghai, qingdao, ningbo, 山东, 河南, 广西, 云南, 贵州, 山西, 新疆, "
        "内蒙古, 上海, 港口, 省, 一般贸易, 加工贸易, 来料加工, 进料加工, 保税区, 边境贸易"
    ),
}
COUNTRIES: Final = (
    "by country, country, countries, which country, which countries, by partner, partner, partners, "
    "trading partner, trading partners, top partners, partner countries, destination, destinations, "
    "by destination, origin, origins, by origin, where, where to, where from, who, buyer, buyers, "
    "buys, exporter, exporters, importer, importers, supplier, suppliers, "
    "customer, customers, 哪里, 哪儿, 哪国, 哪个国家, 哪些国家, 来源地, 国别, 国家, 分国别, 目的地, "
    "来源国, 进口国, 出口国, 进口来源, 进口来源国, 进口来源地, 出口目的地, 去向, 流向, 各国, 按国别, "
    "哪些地区, 其他国家, 其它国家, 其余国家, 别的国家, "
    "other countries, all other countries, rest of world, rest of the world, the rest of the world, "
    "australia, australian, indonesia, "
    "indonesian, vietnam, vietnamese, malaysia, malaysian, thailand, thai, india, indian, japan, "
    "japanese, korea, korean, south korea, north korea, usa, the us, us, america, american, "
    "united states, the states, canada, canadian, mexico, mexican, brazil, brazilian, jamaica, guyana, "
    "suriname, argentina, chile, peru, colombia, venezuela, ghana, sierra leone, cameroon, mozambique, "
    "nigeria, egypt, south africa, africa, african, guinea bissau, equatorial guinea, papua new guinea, "
    "new guinea, montenegro, turkey, turkish, turkiye, germany, german, france, french, italy, italian, "
    "spain, netherlands, dutch, belgium, uk, britain, british, england, united kingdom, ireland, norway, "
    "norwegian, sweden, finland, iceland, poland, greece, greek, hungary, romania, ukraine, ukrainian, "
    "belarus, kazakhstan, kazakh, uzbekistan, tajikistan, azerbaijan, iran, iranian, iraq, uae, "
    "emirates, united arab emirates, dubai, oman, qatar, bahrain, saudi, saudi arabia, kuwait, israel, "
    "jordan, laos, lao, cambodia, myanmar, philippines, singapore, taiwan, hong kong, hongkong, "
    "bangladesh, pakistan, sri lanka, mongolia, new zealand, solomon islands, fiji, europe, european, "
    "european union, eu, asean, asia, asian, southeast asia, middle east, gulf, latin america, "
    "south america, north america, gcc, ldc, cis, 澳大利亚, 澳洲, 印度尼西亚, 印尼, 越南, 马来西亚, "
    "泰国, 印度, 日本, 韩国, 朝鲜, 美国, 加拿大, 墨西哥, 巴西, 牙买加, 加纳, 塞拉利昂, 南非, 非洲, "
    "土耳其, 德国, 法国, 意大利, 英国, 荷兰, 乌克兰, 哈萨克斯坦, 伊朗, 阿联酋, 沙特, 台湾, 香港, 欧洲, "
    "欧盟, 东盟, 亚洲, 中东, 几内亚比绍, 赤道几内亚, 巴布亚新几内亚, 菲律宾, 新加坡, 新西兰"
)
