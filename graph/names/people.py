"""Refusing personal names: a conservative test for one text, and a test for a whole column.

One short text cannot be decided: 华为, 方正 and 金山 begin with family names as 张三 does. So the test of
one text says yes only where little doubt is left, and misses names in rare characters. A column tells more: a
list of organisations holds words such as 公司 or 大学, and only by chance do most of its entries begin with a
family name. Loaders must test the column; the test of one text is a second line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from graph.names.keys import name_key
from graph.names.places import english_places
from graph.readings import syllables

__all__ = ["column_of_people", "looks_personal", "may_name_somebody"]

_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏傅方邹熊"
    "白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严欧莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申耿关兰焦俞左柳甘祝包宁尚"
    "符舒阮柯纪梅童凌毕单季裴霍涂成苗谷曲盛冉翁蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏"
    "席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝鄢"
)
_DOUBLE_SURNAMES = (
    "欧阳",
    "上官",
    "司马",
    "诸葛",
    "东方",
    "皇甫",
    "尉迟",
    "公孙",
    "慕容",
    "司徒",
    "令狐",
    "夏侯",
    "端木",
)
_COMMON_SURNAMES = frozenset("王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗郑梁谢宋唐韩冯邓曹彭曾肖董潘袁蔡蒋余杜")
#: Characters that given names are made of, and names of firms seldom.
_GIVEN = frozenset(
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛超秀霞平刚桂英华玉兰红梅建国志明文辉鹏飞宇浩宁欣怡佳琳婷雪倩楠晨曦博轩俊峰斌彬凯旭亮健波林森松柏雷"
    "海江河清洁莹颖慧智勤俭忠义德仁礼信诚善良美淑贞惠莲菊香珍珠琴燕凤云虹霖泽润瑞祥福禄寿康乐春夏秋冬东南西北晓小少子一二三四五思念"
    "永长久远达昌盛兴旺荣耀光阳晖晶莉萍蓉蕾薇菲茜茹岚岩岭峻嵩坤乾元亨利民新才学书家伦宏洪鸿振武威翔胜成功立正"
)
#: Short names of firms, and places, that begin with a family name.
_NOT_PEOPLE = (
    "华为 方正 康佳 万科 金山 方太 安踏 许继 万和 戴森 戴尔 康宁 康明斯 康师傅 苏泊尔 "
    "卫士通 史丹利 万向 万达 万华 阳光 吉利 江淮 江铃 长安 长虹 时代 金龙 金蝶 金发 安恒 "
    "白云 石化 石药 华润 华能 华电 华星 华大 成飞 沈飞 西飞 马钢 鲁能 武钢 安钢 包钢 安利 "
    "安川 向日葵 申通 高通 高德 高露洁 米其林 盛大 龙源 林洋 林德 蒙牛 路虎 李宁 李锦记 "
    "王老吉 马士基 麦当劳 麦克韦尔 毛里求斯 欧莱雅 欧姆龙 欧菲光 施耐德 鲁泰 柯达 柯尼卡 古河 "
    "宁德 明阳 海尔 海信 田中 任天堂 牛津 汤臣 温氏 易华录 易车 文安 常林 东方电气 东方通信 "
    "司马台 东方红 东方雨虹 荣耀 国美 高鸿 曲美 安吉尔 金风 金隅 金立 汪氏 万集 成都 宁波 "
    "吉林 安徽 江苏 江西 山东 马鞍山 高雄 石家庄 石河子 金华 温州 宁夏 连云港 荣事达 "
    "宁德时代 "
)
_FIRMS = frozenset(_NOT_PEOPLE.split())
_ORGANISATION = re.compile(
    "公司|集团|大学|学院|学校|研究|协会|学会|商会|联合|委员会|中心|局|部$|厅|院|所$|厂|站|社$|银行|海关|政府|实验室|科技|技术|电子|电气|电器|汽车|软件|"
    "通信|信息|股份|控股|标准|检测|工业|实业|国际|能源|医药|药业|食品|机械|材料|智能|网络|数据|司$|处$|室$|办$|组$|联盟|基金|"
    r"\b(?:co|ltd|inc|corp|llc|gmbh|ag|plc|group|company|university|institute|association|society|committee|cent(?:er|re)|"
    r"college|school|bureau|ministry|department|agency|bank|academy|federation|council|office|laborator(?:y|ies)|"
    r"technolog(?:y|ies)|systems?|international|china|motors?|electric|electronics|software|standards?)\b"
)
_TITLED = re.compile(
    r"^[\u4e00-\u9fff]{1,4}(?:先生|女士|小姐|教授|博士|主任委员|主任|秘书长|委员长|工程师|研究员|高工|院士|处长|司长|局长|部长|总经理|经理)$"
    r"|^(?:mr|mrs|ms|miss|dr|prof|professor)\.? [a-z]"
)
_INTERPUNCT = re.compile(r"^[\u4e00-\u9fff]{2,6}[·•・‧][\u4e00-\u9fff]{2,8}$")
_LATIN_NAME = re.compile(r"[A-Z][a-zA-Z'’-]+,?(?: [A-Z]\.?)?(?: [A-Z][a-zA-Z'’-]+){1,2}")

#: At least this share of the entries of a column must be shaped like personal names to refuse it. Of the
#: short names of Chinese firms about a third begin with a family name.
COLUMN_SHARE = 0.6


def _chinese_shape(text: str) -> bool:
    """Whether a text has the shape of a Chinese personal name, which many short names of firms share."""
    if not re.fullmatch("[\u4e00-\u9fff]{2,4}", text) or _ORGANISATION.search(text) or text in _FIRMS:
        return False
    if text.startswith(_DOUBLE_SURNAMES):
        return len(text) >= 3
    return len(text) <= 3 and text[0] in _SURNAMES


@lru_cache(maxsize=1)
def _romanised() -> tuple[frozenset[str], frozenset[str]]:
    """Family names in pinyin, and the syllables that given names are made of."""
    surnames = frozenset("".join(syllables(name)) for name in (*_SURNAMES, *_DOUBLE_SURNAMES))
    return surnames, frozenset(syllables("".join(sorted(_GIVEN)))) | surnames


def _latin_shape(text: str) -> bool:
    """Whether a text reads as a romanised Chinese name (family name first or last)."""
    if not _LATIN_NAME.fullmatch(text) or _ORGANISATION.search(text.casefold()):
        return False
    surnames, sounds = _romanised()
    words = re.sub("[,'’.]", "", text).casefold().split()
    if set(words) & english_places():
        return False
    for surname, given in ((words[0], words[1:]), (words[-1], words[:-1])):
        joined = "".join(given).replace("-", "")
        if surname in surnames and any(
            joined == first or (joined.startswith(first) and joined[len(first) :] in sounds) for first in sounds
        ):
            return True
    return False


@lru_cache(maxsize=16_384)
def looks_personal(text: str) -> bool:
    """Whether a text almost certainly is a person's name and not an organisation's.

    Says no when unsure. Finds Chinese names of three characters (or with a double family name) made of a
    family name and characters usual in given names, names of two characters with one of the most frequent
    family names, names with a title, and names with the interpunct that Uyghur, Kazakh and other names have.
    Does not find foreign names in Latin letters without a title, rare family names or unusual given names:
    see `column_of_people`.

    >>> looks_personal("华为"), looks_personal("华为技术有限公司"), looks_personal("张三")
    (False, False, True)
    """
    if "0" <= text[:1] <= "9":
        return False  # dates, sizes, versions: columns are full of them, and no name begins so
    plain = " ".join(text.split())
    key = name_key(text)
    if _TITLED.search(key):
        return True
    if _ORGANISATION.search(key):
        return False
    if _INTERPUNCT.fullmatch(plain):
        return len(plain) >= 6 and plain.split("·")[0][0] in "阿艾买吐热古木玉努卡依迪麦帕库沙赛达塔巴哈叶"
    if not _chinese_shape(key):
        return False
    surname = 2 if key.startswith(_DOUBLE_SURNAMES) else 1
    given = key[surname:]
    if not all(character in _GIVEN for character in given):
        return False
    return surname == 2 or len(given) == 2 or key[0] in _COMMON_SURNAMES


def column_of_people(values: Iterable[str]) -> bool:
    """Whether a column holds personal names, judged by the share of its entries that have their shape.

    Empty entries do not count. A column of one or two entries is judged entry by entry (`looks_personal`). A
    column in which any entry looks personal for certain and most of the others may be names is refused as
    well as one that is all names.

    >>> column_of_people(["华为", "中兴", "金山", "大唐", "小米", "腾讯"])
    False
    >>> column_of_people(["张三", "李四", "王五", "赵六"])
    True
    """
    texts = [text for value in values if (text := " ".join(value.split()))]
    if not texts:
        return False
    certain = sum(map(looks_personal, texts))
    if len(texts) < 3:
        return certain * 2 > len(texts)
    shaped = sum(_chinese_shape(name_key(text)) or _latin_shape(text) or looks_personal(text) for text in texts)
    return shaped >= COLUMN_SHARE * len(texts) and (certain > 0 or shaped >= 0.8 * len(texts))


_GIVEN_NAMES = (
    "james john robert michael william david richard joseph thomas charles christopher daniel matthew anthony mark paul steven "
    "andrew kenneth george kevin brian edward peter martin stefan hans klaus wolfgang jean pierre luca marco jose carlos juan "
    "mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy anna maria julia laura emma sophie "
    "alice alex sam tom tim jack amy jane kate eric frank henry jason ryan scott tony simon oliver max felix lucas"
)
_GIVEN_IN_LATIN = frozenset(_GIVEN_NAMES.split())


_ROLE = re.compile(
    "(?:高级|资深|首席|助理|项目|产品|技术|标准|合规|法务|部门|业务|信息|数据|质量|研究|战略|市场|政府|事务|总|副)*"
    "(?:经理|工程师|研究员|分析师|专员|主管|主任|顾问|总监|部长|处长|科长|秘书|秘书长|编辑|管理员|文员|律师|安全|部|处|科|组)"
)


def may_name_somebody(text: str) -> bool:
    """Whether a text that should say a role may be somebody's name: stricter than `looks_personal`, for what a person types.

    >>> may_name_somebody("Zhang Wei"), may_name_somebody("John Smith"), may_name_somebody("a.b@example.org")
    (True, True, True)
    >>> may_name_somebody("government affairs"), may_name_somebody("高级经理"), may_name_somebody("Legal Counsel")
    (False, False, False)
    """
    plain = " ".join(text.split())
    if _ROLE.fullmatch(plain):
        return False
    words = re.findall(r"[^\W\d_]+", plain.casefold())
    given = bool(words) and len(words) <= 3 and words[0] in _GIVEN_IN_LATIN
    return "@" in plain or given or looks_personal(plain) or _chinese_shape(name_key(plain)) or _latin_shape(plain)
