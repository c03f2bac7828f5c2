"""What the terminal says beside the answers, in both languages. Names of labels, types and values come from `graph.schema`."""

from __future__ import annotations

from collections.abc import Mapping

from graph.model import Language

WORDS: Mapping[str, tuple[str, str]] = {
    "as_of": ("as of {day}", "截至{day}"),
    "oversight": ("Who decides {0}", "{0}由谁决定"),
    "coalition": ("Who would stand with {1} on {0}", "在{0}上，谁会与{1}同行"),
    "influence": ("How {0} reaches {1}", "{0}如何触达{1}"),
    "access": ("May {0} take part in {1}", "{0}能否参加{1}"),
    "entity": ("{0}", "{0}"),
    "search": ("Search: {words}", "搜索：{words}"),
    "mandatory": ("mandatory", "强制性"),
    "voluntary": ("voluntary", "推荐性"),
    "stage": ("stage: {stage}", "阶段：{stage}"),
    "published": ("published {day}", "{day}发布"),
    "effective": ("in force since {day}", "{day}起实施"),
    "took_effect": ("took effect {day}", "{day}起实施"),
    "not_effective": ("in force from {day}", "{day}起实施"),
    "established": ("established {day}", "{day}成立"),
    "also": ("Also on record", "另有记录"),
    "careful": ("Careful", "注意"),
    "bounded": ("Not all is shown", "未全部列出"),
    "of": ("{shown:,} of {total:,}", "{shown:,}/{total:,}"),
    "sources": ("Sources", "来源"),
    "no_page": ("* no page on record confirms it", "* 尚无网页佐证"),
    "doubtful": ("? the source or its reading is doubtful", "? 来源或其解读存疑"),
    "more": ("and {n:,} more; a larger --limit shows them", "另有{n:,}项；可加大 --limit"),
    "more_json": ("and {n:,} more; --json has all", "另有{n:,}项；--json 列出全部"),
    "next": ("next page: --after {after}", "下一页：--after {after}"),
    "nothing": ("Nothing found", "未找到"),
    "nothing_shown": ("Nothing on record", "无记录"),
    "partner": ("partner", "伙伴"),
    "why": ("on this matter", "与本项的关系"),
    "not_listed": ("not on its list on record", "不在所载起草名单"),
    "no_seat": ("no seat on record", "无席位记录"),
    "here": ("drafted here", "在此起草"),
    "together": ("together", "共同起草"),
    "score": ("score", "得分"),
    "led": ("led {n}", "牵头{n}"),
    "latest": ("latest {day}", "最近{day}"),
    "origin_unknown": ("origin unknown", "来源未知"),
    "kind": ("kind", "类别"),
    "name": ("name", "名称"),
    "found_as": ("found as {other}", "匹配：{other}"),
    "ground_rule": ("by rule", "按规定"),
    "ground_practice": ("in practice", "实践中"),
    "ground_national_security": ("national security given as reason", "以国家安全为由"),
    "with_ground": (", {ground}", "，{ground}"),
    "statements": ("{n:,} statements", "{n:,}条记录"),
    "statements_of": ("{shown:,} of {total:,} statements shown", "显示{total:,}条记录中的{shown:,}条"),
    "further": ("not shown here: {names}", "此处未列：{names}"),
    "dataset": ("dataset", "数据集"),
    "what_it_is": ("what it is", "内容"),
    "statement_count": ("statements", "记录数"),
    "loaded": (
        "{nodes:,} nodes, {statements:,} statements, {documents:,} documents cited; last loaded on {day}",
        "{nodes:,}个节点，{statements:,}条记录，引用文献{documents:,}份；最近载入：{day}",
    ),
    "unknown_day": ("an unknown day", "日期未知"),
    "list_joint": ("; ", "；"),
    "private": ("private", "非公开"),
    "direct": ("taking part directly", "直接参与"),
    "association": ("through an association", "通过协会"),
    "indirect": ("indirectly", "间接影响"),
    "written_comments": ("written comments", "书面意见"),
    "other_way": ("another way", "其他途径"),
}

SEATS: Mapping[str, tuple[str, str]] = {
    "chair": ("chair", "主任委员单位"),
    "vice_chair": ("vice chair", "副主任委员单位"),
    "secretary_general": ("secretary general", "秘书长单位"),
    "member": ("member", "成员"),
    "observer": ("observer", "观察员"),
    "liaison": ("liaison", "联络成员"),
    "wg_lead": ("lead", "牵头单位"),
    "wg_member": ("member", "成员"),
    "p_member": ("P-member", "积极成员"),
    "o_member": ("O-member", "观察成员"),
    "subcommittee": ("subcommittee", "分技术委员会"),
    "working_group": ("working group", "工作组"),
    "entity": ("entity", "下属单位"),
    "joint_venture": ("joint venture", "合资企业"),
    "branch": ("branch", "分支机构"),
}
"""What somebody is in a body or a whole: roles of `MEMBER_OF` and capacities of `PART_OF`, as nouns beside a name."""


def word(name: str, lang: Language, *texts: str, **values: object) -> str:
    """One of the terminal's own words or sentences in that language.

    >>> word("influence", "zh", "高通", "SAC/TC 114")
    '高通如何触达SAC/TC 114'
    """
    return WORDS[name][lang == "zh"].format(*texts, **values)
