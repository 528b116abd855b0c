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
_TRADITIONAL += (
    "講錯話覺證許實擬賜罷遲會師財認識業務參樓維細緩紙組練經綠網縮絕結約純納紹訓託設評詞試詳語課談論諸謀警譯議護讀責貴費貼賓"
    "質購贏趕軍軟載輕輛輪輯辦辭農遊運違遠適選遺鄉郵鄰醫釋銀銷鏡鎖鎮鏈門閉閒闆闊隊階險難靜頁項須頻顆願顧風飛飯飲館驗驚鬆黃齊齡"
    "傾傳價僅優儘冊凍凱刪則剛劃劇勝勢勵區協卻參嘗嚴圓團壓壞壯夠夢奪婦學寫寬審專尋導屬島嶺幫幹廣廳張彈彙徑復態慣憑應懷戰戲戶"
    "擊擇擔據擋擬擴擺攝敗敵數斂旅昇曬書朧術條業極槍樣樹橋檢權歡殘殺氣決況潔潤濟瀏災爐爭爾牆狀獨獲環畢療發監盡盤確禮稱穩積"
)
_SIMPLIFIED += (
    "讲错话觉证许实拟赐罢迟会师财认识业务参楼维细缓纸组练经绿网缩绝结约纯纳绍训托设评词试详语课谈论诸谋警译议护读责贵费贴宾"
    "质购赢赶军软载轻辆轮辑办辞农游运违远适选遗乡邮邻医释银销镜锁镇链门闭闲板阔队阶险难静页项须频颗愿顾风飞饭饮馆验惊松黄齐龄"
    "倾传价仅优尽册冻凯删则刚划剧胜势励区协却参尝严圆团压坏壮够梦夺妇学写宽审专寻导属岛岭帮干广厅张弹汇径复态惯凭应怀战戏户"
    "击择担据挡拟扩摆摄败敌数敛旅升晒书胧术条业极枪样树桥检权欢残杀气决况洁润济浏灾炉争尔墙状独获环毕疗发监尽盘确礼称稳积"
)
_SLIPS = {"囗": "口", "岀": "出"}  # they look the same
_PLAIN: Final = str.maketrans(dict(zip(_TRADITIONAL, _SIMPLIFIED, strict=True)) | _SLIPS)


def simplified(text: str) -> str:
    """The text with each traditional character as the simplified one, of the same length."""
    return text if text.isascii() else text.translate(_PLAIN)
