"""Chinese as the house's own words are written: simplified characters, and slips of the hand set right."""

from typing import Final

# Of what is asked here; each stands for one character alone.
_TRADITIONAL = (
    "鋁進淨礦礬電廢鍛軋鑄噸萬億額價單環較與對從來為麼還這個們幾內亞羅趨勢圖畫換數據統計總貿關稅號"
    "編碼創紀錄歷長減變動漲後當開發佈預測時間點請問謝說訂報導達給讓國別種類級現記處無沒應該訊產庫"
    "銅鋼鐵錠場貨資輸買賣標頭兩餘條過顯斷連續佔啟東韓馬臺灣聯週羣陸嗎題裡裏準詢檔鋅鎳鉛錫聽幫誰樣"
    "負轉順歐線繪製幣匯訴於規範圍復複異區終際離體隻隨誤強調廠閱斬錢舊邊賺鐘鍾麗緊觀鬧勞煩擾"
)
_SIMPLIFIED = (
    "铝进净矿矾电废锻轧铸吨万亿额价单环较与对从来为么还这个们几内亚罗趋势图画换数据统计总贸关税号"
    "编码创纪录历长减变动涨后当开发布预测时间点请问谢说订报导达给让国别种类级现记处无没应该讯产库"
    "铜钢铁锭场货资输买卖标头两余条过显断连续占启东韩马台湾联周群陆吗题里里准询档锌镍铅锡听帮谁样"
    "负转顺欧线绘制币汇诉于规范围复复异区终际离体只随误强调厂阅斩钱旧边赚钟钟丽紧观闹劳烦扰"
)
_SLIPS = {"囗": "口", "岀": "出"}  # they look the same
_PLAIN: Final = str.maketrans(dict(zip(_TRADITIONAL, _SIMPLIFIED, strict=True)) | _SLIPS)


def simplified(text: str) -> str:
    """The text with each traditional character as the simplified one, of the same length."""
    return text if text.isascii() else text.translate(_PLAIN)
