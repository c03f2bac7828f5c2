"""Ministries and other heads whose units kept their names when the head was renamed or merged.

信息产业部电信研究院 and 工业和信息化部电信研究院 are one institute: of each set below, every later body took over the institutes of the
earlier ones (reforms of the State Council of 1982, 1988, 1993, 1998, 2003, 2008, 2013 and 2018). The bodies themselves stay
different bodies; this only makes equal units of them a question for a person. Short names of the heads stand beside the full ones.
"""

from __future__ import annotations

__all__ = ["HEADS", "succeeds"]

_SETS = (
    "工业和信息化部 工信部 信息产业部 电子工业部 机械电子工业部 邮电部",
    "交通运输部 交通部 铁道部",
    "农业农村部 农业部",
    "住房和城乡建设部 住建部 建设部",
    "生态环境部 环境保护部 环保部 国家环境保护总局 国家环保总局 国家环境保护局",
    "国家市场监督管理总局 市场监管总局 国家质量监督检验检疫总局 国家质检总局 质检总局 国家质量技术监督局 国家技术监督局",
    "国家市场监督管理总局 市场监管总局 国家工商行政管理总局 国家工商总局",
    "国家粮食和物资储备局 国家粮食局 国家粮食储备局",
    "应急管理部 国家安全生产监督管理总局 国家安监总局 公安部",
    "自然资源部 国土资源部 国家测绘地理信息局 国家测绘局 国家海洋局",
    "国家卫生健康委员会 国家卫生健康委 国家卫健委 国家卫生和计划生育委员会 国家卫生计生委 卫生部",
    "国家林业和草原局 国家林业局 林业部",
    "国家药品监督管理局 国家药监局 国家食品药品监督管理总局 国家食药监总局 国家食品药品监督管理局",
    "文化和旅游部 文化部 国家旅游局",
    "人力资源和社会保障部 劳动和社会保障部 人事部",
    "商务部 对外贸易经济合作部 国内贸易部",
    "国家广播电视总局 国家广电总局 国家新闻出版广电总局 国家广播电影电视总局",
    "海关总署 国家质量监督检验检疫总局",
    "中国民用航空局 中国民航局 民航局 中国民用航空总局",
    "国家发展和改革委员会 国家发展改革委 国家发改委 国家发展计划委员会 国家计划委员会",
    "中国科学院 中科院",
    "中国农业科学院 中国农科院",
    "中国林业科学研究院 中国林科院",
)
_SUCCESSIONS = tuple(frozenset(names.split()) for names in _SETS)

HEADS = frozenset().union(*_SUCCESSIONS)
"""All bodies of these sets."""


def succeeds(a: str, b: str) -> bool:
    """Whether one of two heads took over the institutes of the other.

    >>> succeeds("工业和信息化部", "信息产业部"), succeeds("农业部", "商务部")
    (True, False)
    """
    return any(a in names and b in names for names in _SUCCESSIONS)
