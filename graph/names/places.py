"""Places that names of Chinese organisations begin with or carry in brackets.

Provinces and their prefecture-level cities (GB/T 2260 names, without the word for city), the county-level
cities that many drafting organisations come from, and countries as they are written in company names.
"""

from __future__ import annotations

import re
from functools import lru_cache

from graph.readings import syllables

__all__ = ["PLACE_PATTERN", "PROVINCE_OF", "canonical_place", "contains", "english_places"]

_CITIES = {
    "北京": "",
    "天津": "",
    "上海": "",
    "重庆": "",
    "河北": "石家庄 唐山 秦皇岛 邯郸 邢台 保定 张家口 承德 沧州 廊坊 衡水 雄安",
    "山西": "太原 大同 阳泉 长治 晋城 朔州 晋中 运城 忻州 临汾 吕梁",
    "内蒙古": "呼和浩特 包头 乌海 赤峰 通辽 鄂尔多斯 呼伦贝尔 巴彦淖尔 乌兰察布 锡林郭勒",
    "辽宁": "沈阳 大连 鞍山 抚顺 本溪 丹东 锦州 营口 阜新 辽阳 盘锦 铁岭 朝阳 葫芦岛",
    "吉林": "长春 四平 辽源 通化 白山 松原 白城 延边",
    "黑龙江": "哈尔滨 齐齐哈尔 鸡西 鹤岗 双鸭山 大庆 伊春 佳木斯 七台河 牡丹江 黑河 绥化",
    "江苏": "南京 无锡 徐州 常州 苏州 南通 连云港 淮安 盐城 扬州 镇江 泰州 宿迁 昆山 江阴 常熟 张家港 宜兴",
    "浙江": "杭州 宁波 温州 嘉兴 湖州 绍兴 金华 衢州 舟山 台州 丽水 义乌 慈溪 余姚 临海 永康 诸暨",
    "安徽": "合肥 芜湖 蚌埠 淮南 马鞍山 淮北 铜陵 安庆 黄山 滁州 阜阳 宿州 六安 亳州 池州 宣城",
    "福建": "福州 厦门 莆田 三明 泉州 漳州 南平 龙岩 宁德 晋江 安溪",
    "江西": "南昌 景德镇 萍乡 九江 新余 鹰潭 赣州 吉安 宜春 抚州 上饶",
    "山东": "济南 青岛 淄博 枣庄 东营 烟台 潍坊 济宁 泰安 威海 日照 临沂 德州 聊城 滨州 菏泽",
    "河南": "郑州 开封 洛阳 平顶山 安阳 鹤壁 新乡 焦作 濮阳 许昌 漯河 三门峡 南阳 商丘 信阳 周口 驻马店",
    "湖北": "武汉 黄石 十堰 宜昌 襄阳 鄂州 荆门 孝感 荆州 黄冈 咸宁 随州 恩施",
    "湖南": "长沙 株洲 湘潭 衡阳 邵阳 岳阳 常德 张家界 益阳 郴州 永州 怀化 娄底",
    "广东": "广州 韶关 深圳 珠海 汕头 佛山 江门 湛江 茂名 肇庆 惠州 梅州 汕尾 河源 阳江 清远 东莞 中山 潮州 揭阳 云浮",
    "广西": "南宁 柳州 桂林 梧州 北海 防城港 钦州 贵港 玉林 百色 贺州 河池 来宾 崇左",
    "海南": "海口 三亚 三沙 儋州",
    "四川": "成都 自贡 攀枝花 泸州 德阳 绵阳 广元 遂宁 内江 乐山 南充 眉山 宜宾 广安 达州 雅安 巴中 资阳",
    "贵州": "贵阳 六盘水 遵义 安顺 毕节 铜仁",
    "云南": "昆明 曲靖 玉溪 保山 昭通 丽江 普洱 临沧 大理",
    "西藏": "拉萨 日喀则 昌都 林芝 那曲",
    "陕西": "西安 铜川 宝鸡 咸阳 渭南 延安 汉中 榆林 安康 商洛 杨凌",
    "甘肃": "兰州 嘉峪关 金昌 白银 天水 武威 张掖 平凉 酒泉 庆阳 定西 陇南",
    "青海": "西宁 海东",
    "宁夏": "银川 石嘴山 吴忠 固原 中卫",
    "新疆": "乌鲁木齐 克拉玛依 吐鲁番 哈密 石河子 昌吉 伊犁 阿克苏 喀什",
    "香港": "",
    "澳门": "",
    "台湾": "台北 新竹 高雄",
}

_COUNTRIES = [
    "中国",
    "美国",
    "日本",
    "德国",
    "法国",
    "英国",
    "韩国",
    "瑞典",
    "芬兰",
    "荷兰",
    "瑞士",
    "意大利",
    "西班牙",
    "丹麦",
    "挪威",
    "比利时",
    "奥地利",
    "新加坡",
    "印度",
    "加拿大",
    "澳大利亚",
    "俄罗斯",
    "亚太",
    "大中华区",
    "亚洲",
]

#: City -> province.
PROVINCE_OF = {city: province for province, cities in _CITIES.items() for city in cities.split()}

_ALIASES = {"中华人民共和国": "中国", "中华": "中国", "内蒙": "内蒙古"}
_SUFFIXES = "省|市|壮族自治区|回族自治区|维吾尔自治区|自治区|特别行政区"
_ALL = sorted({*_CITIES, *PROVINCE_OF, *_COUNTRIES, *_ALIASES}, key=lambda name: (-len(name), name))

#: A regular expression (without groups of its own) for one place, with the word for its rank if it has one.
#: Cities also match in their English form inside the brackets of an English name.
_ENGLISH = (
    "china|beijing|shanghai|tianjin|shenzhen|guangzhou|"
    "chongqing|hangzhou|suzhou|nanjing|hong kong|asia|asia pacific|apac|prc"
)
PLACE_PATTERN = f"(?:(?:{'|'.join(_ALL)})(?:{_SUFFIXES})?|(?<=\\()(?:{_ENGLISH})(?=\\)))"

_RANK = re.compile(f"(?<=..)(?:{_SUFFIXES})$")


def canonical_place(text: str) -> str:
    """The place without the word for its rank: ``内蒙古自治区`` and ``内蒙`` are both ``内蒙古``."""
    bare = _RANK.sub("", text)
    return _ALIASES.get(bare, bare)


def contains(larger: str, smaller: str) -> bool:
    """Whether the first place is the province of the second."""
    return PROVINCE_OF.get(smaller) == larger


@lru_cache(maxsize=1)
def english_places() -> frozenset[str]:
    """Places as English names spell them, each in one lower-case word where it is one."""
    special = {
        "陕西": "shaanxi",
        "内蒙古": "inner mongolia",
        "西藏": "tibet",
        "香港": "hong kong",
        "澳门": "macau",
    }
    pinyin = {special.get(name, "".join(syllables(name))) for name in (*_CITIES, *PROVINCE_OF)}
    return frozenset(pinyin | {"china", "taiwan", "macao", "xian", "harbin", "hohhot", "urumqi", "lhasa"})
