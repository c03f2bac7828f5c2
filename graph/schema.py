"""The schema as data: labels, relationship types, fact types and properties, each said once.

DDL, validation, API enums, the legend of pictures and the docs derive from these tables. The Chinese names are the
field's own terms. Nodes are *actors*, which decide, draft and vote, or *artefacts*, which they make; `Field` is the
subject matter both deal with.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from graph.topics import PLACES, PUBLISHERS, REMARKS, TITLES, TOPICS

Role = Literal["actor", "artefact", "subject"]
ValueType = Literal["text", "integer", "number", "boolean", "date"]


@dataclass(frozen=True, slots=True)
class Property:
    """A property of a node or statement: its type, unit (if it has one), names, and what it means."""

    name: str
    type: ValueType
    en: str
    zh: str
    meaning: str
    unit: str = ""
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Label:
    """A kind of node. `layer` is its row in pictures, counted from the top; `prefix` begins the ids of its nodes."""

    name: str
    role: Role
    prefix: str
    en: str
    zh: str
    layer: int
    colour: str
    shape: str
    meaning: str
    properties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RelationshipType:
    """A kind of statement between two nodes, read from `ends[0]` to `ends[1]`.

    `en` and `zh` read as verb phrases from subject to object, `en_back` and `zh_back` from object to subject. `qualifier` names
    what tells parallel statements apart (role, capacity) and `qualifiers` lists what it may be (empty: free text).
    `tie` says whether it ties actors to one another, so that influence can run along it; `event` that it happened on a day.
    """

    name: str
    ends: tuple[tuple[str, ...], tuple[str, ...]]
    en: str
    zh: str
    en_back: str
    zh_back: str
    meaning: str
    qualifier: str = ""
    qualifiers: tuple[str, ...] = ()
    properties: tuple[str, ...] = ()
    tie: bool = False
    event: bool = False


@dataclass(frozen=True, slots=True)
class FactType:
    """A kind of statement about one node alone: something that changes or on which sources may disagree.

    The best-grounded value in force is shown as the node's property `shown_as` (empty: only in the list of facts), or,
    by its qualifier, as one of `shown_as_by` where no record gives that property; `values` lists what it may be (empty: any
    value of `type`). `tells` names the properties without which the fact is of no use to a reader: its sentence says them.
    """

    name: str
    of: tuple[str, ...]
    type: ValueType
    en: str
    zh: str
    meaning: str
    qualifier: str = ""
    qualifiers: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    properties: tuple[str, ...] = ()
    shown_as: str = ""
    shown_as_by: Mapping[str, str] = field(default_factory=dict)
    tells: tuple[str, ...] = ()


AGENCY, COMMITTEE, WORKING_GROUP = "Agency", "Committee", "WorkingGroup"
ASSOCIATION, COMPANY, INSTITUTE = "Association", "Company", "Institute"
STANDARD, POLICY, FIELD = "Standard", "Policy", "Field"

ORGANISATIONS = (AGENCY, ASSOCIATION, COMPANY, INSTITUTE)
BODIES = (COMMITTEE, WORKING_GROUP)
ACTORS = ORGANISATIONS + BODIES
ARTEFACTS = (STANDARD, POLICY)
ALL = (*ACTORS, *ARTEFACTS, FIELD)

OWNERSHIP = ("central_soe", "local_soe", "private", "foreign_invested", "joint_venture", "public", "unknown")
STAGES: Mapping[str, tuple[str, str]] = {
    "00": ("preliminary", "预阶段"),
    "10": ("proposal", "立项"),
    "20": ("drafting", "起草"),
    "30": ("comments", "征求意见"),
    "40": ("examination", "审查"),
    "50": ("approval", "批准"),
    "60": ("publication", "出版"),
    "90": ("review", "复审"),
    "95": ("withdrawn", "废止"),
}
"""Stage codes of GB/T 16733-1997, with their names."""

STATUSES = ("upcoming", "current", "superseded", "withdrawn", "project", "unknown")
ROLES = (
    "chair", "vice_chair", "secretary_general", "member", "observer", "liaison", "wg_lead", "wg_member",
    "p_member", "o_member",
)  # fmt: skip
ACCESS = ("open", "member", "observer", "by_invitation", "closed", "pending", "unknown")
ACCESS_STAGES = (
    "any", "agenda", "early_drafting", "comments", "examination", "vote", "leadership", "membership", "working_groups",
    "meetings",
)  # fmt: skip
ACCESS_GROUNDS = ("rule", "practice", "national_security", "unknown")
NAME_KINDS = (
    "zh",
    "en",
    "short_zh",
    "short_en",
    "former_zh",
    "former_en",
    "other_zh",
    "other_en",
    "party_zh",
    "as_printed",
)

JUDGED_AS = ("same_as", "different_from", "parent_of", "unsure_of")

PROPERTIES: Mapping[str, Property] = {
    p.name: p
    for p in (
        Property("name_zh", "text", "Chinese name", "中文名称", "the name in use, in Chinese"),
        Property("name_en", "text", "English name", "英文名称", "the name in use, in English"),
        Property("code", "text", "code", "代号", "the code of a committee, an association or an industry"),
        Property("kind", "text", "kind", "类别", "a finer kind than the label"),
        Property("ownership", "text", "ownership", "所有制", "who owns the organisation", values=OWNERSHIP),
        Property("home", "text", "home", "所属国家或地区", "country of the organisation or its parent, ISO 3166-1 alpha-2"),
        Property("level", "text", "level", "级别", "international, national or industry, for committees"),
        Property("province", "text", "province", "省份", "province of the seat, in Chinese"),
        Property("number", "text", "number", "标准号", "the standard's number in canonical form"),
        Property("plan_number", "text", "plan number", "计划号", "the number of the project that made it"),
        Property("title_zh", "text", "Chinese title", "中文标题", "title in Chinese"),
        Property("title_en", "text", "English title", "英文标题", "title in English"),
        Property("mandatory", "boolean", "mandatory", "强制性", "whether its own number says it is compulsory"),
        Property("stage", "text", "stage", "阶段", "stage code of GB/T 16733", values=tuple(STAGES)),
        Property("status", "text", "status", "状态", "whether it is in force", values=STATUSES),
        Property("ics", "text", "ICS", "国际标准分类", "International Classification for Standards, comma-separated"),
        Property("ccs", "text", "CCS", "中国标准分类", "Chinese Classification for Standards, comma-separated"),
        Property("sector", "text", "sector", "领域", "the named field of the record"),
        Property("published", "date", "published", "发布日期", "day of publication"),
        Property("effective", "date", "effective", "实施日期", "day of taking effect"),
        Property("comments_close", "date", "comments close", "征求意见截止", "last day for comments"),
        Property("issued", "date", "issued", "发布日期", "day a policy was issued"),
        Property("summary_zh", "text", "summary in Chinese", "摘要", "what a policy does, in our words"),
        Property("summary_en", "text", "summary", "英文摘要", "what a policy does, in our words"),
        Property("url", "text", "address", "网址", "where the thing itself can be read"),
        Property("established", "date", "established", "成立日期", "when the body was founded"),
        Property("rank", "integer", "order", "排序", "place in the list of drafting organisations, 1 leads"),
        Property("seats", "integer", "seats", "席位", "number of persons that sit for the organisation", "persons"),
        Property("voting", "boolean", "voting", "有表决权", "whether the seat votes"),
        Property("term", "text", "term", "届次", "term of the committee for which the seat is held"),
        Property("share", "number", "share", "持股比例", "share owned", "percent"),
        Property("degree", "text", "degree", "一致性程度", "degree of adoption", values=("IDT", "MOD", "NEQ", "unknown")),
        Property("partial", "boolean", "partial", "部分", "whether only a part is meant"),
        Property("binding", "boolean", "binding", "有约束力", "whether the citing text binds"),
        Property("makes_compulsory", "boolean", "makes compulsory", "使其强制", "whether the citation makes a voluntary standard compulsory"),
        Property("as_printed", "text", "as printed", "原文写法", "the name as the source prints it"),
        Property("judged_by", "text", "judged by", "判定者", "the role of the one who judged; never a person's name"),
        Property("note", "text", "note", "说明", "what the source or the editor adds"),
        Property("note_zh", "text", "note in Chinese", "中文说明", "the same note in Chinese"),
        Property("unit", "text", "unit", "单位", "unit of a figure"),
        Property("period", "text", "period", "期间", "period that a figure counts"),
        Property("ground", "text", "ground", "理由", "why access is as it is", values=ACCESS_GROUNDS),
        Property("actor_kind", "text", "kind of actor", "主体类别", "which actors a statement of access is about", values=("any", "foreign", "domestic", "association")),
        Property("contact_address", "text", "address", "联系方式", "how a desk is reached: its post, telephone, e-mail or page, never a person's"),
        Property("place", "text", "place", "地点", "where a meeting is held"),
        Property("ends", "date", "ends", "结束日期", "last day of a meeting of several days"),
        Property("deadline", "date", "deadline", "截止日期", "last day for taking part, registering or sending papers"),
        Property("participation", "text", "how to take part", "参加方式", "what somebody who wants to take part has to do"),
        Property("list", "text", "list", "名单", "the list an entry was found on"),
        Property("codes_assigned_by", "text", "codes assigned by", "分类指定者", "who chose the class codes: source or editor"),
        Property("value_zh", "text", "value in Chinese", "中文表述", "the same statement in Chinese"),
        Property("text", "text", "text", "文字", "a sentence of ours that says what a structured value cannot"),
    )
}  # fmt: skip
"""Every property of nodes and statements, by name."""

_NAMES = ("name_zh", "name_en")
_ORGANISATION = (*_NAMES, "kind", "code", "ownership", "home", "province", "established", "url")
_BODY = (*_NAMES, "code", "kind", "level", "established", "url")

LABELS: Mapping[str, Label] = {
    x.name: x
    for x in (
        Label(AGENCY, "actor", "org", "Agency", "主管机关", 0, "#8c2d19", "hexagon",
              "a body of state or party that makes, supervises or enforces standards", _ORGANISATION),
        Label(COMMITTEE, "actor", "committee", "Committee", "技术委员会", 1, "#1f5f8b", "box",
              "a technical committee or subcommittee, Chinese or international", _BODY),
        Label(WORKING_GROUP, "actor", "committee", "Working group", "工作组", 2, "#4a90b8", "box",
              "a working group of a committee", _BODY),
        Label(ASSOCIATION, "actor", "org", "Association", "社会团体", 3, "#6b4c9a", "ellipse",
              "an association, alliance, society, chamber or international standards body", _ORGANISATION),
        Label(INSTITUTE, "actor", "org", "Institute", "科研院所", 3, "#2e7d4f", "ellipse",
              "a research institute, university, test or certification body", _ORGANISATION),
        Label(COMPANY, "actor", "org", "Company", "企业", 4, "#b8651b", "ellipse",
              "a company, or a corporate group (kind group) that its entities are part of", _ORGANISATION),
        Label(STANDARD, "artefact", "standard", "Standard", "标准", 5, "#3d3d3d", "note",
              "a standard from project to withdrawal, Chinese or not",
              ("number", "plan_number", "title_zh", "title_en", "kind", "mandatory", "stage", "status", "ics", "ccs", "sector",
               "published", "effective", "comments_close", "url")),
        Label(POLICY, "artefact", "policy", "Policy", "政策法规", 5, "#7a6a2f", "note",
              "a law, plan, circular, work programme or regulation",
              (*_NAMES, "kind", "number", "issued", "effective", "summary_en", "summary_zh", "status", "url")),
        Label(FIELD, "subject", "field", "Field", "领域", 6, "#7b7b7b", "ellipse",
              "a class of ICS or CCS, an industry code, a kind of standard, or a named field",
              (*_NAMES, "code", "kind")),
    )
}  # fmt: skip
"""Every node label, by name."""

RELATIONSHIPS: Mapping[str, RelationshipType] = {
    r.name: r
    for r in (
        RelationshipType("SUBORDINATE_TO", ((AGENCY, INSTITUTE, ASSOCIATION, COMPANY), (AGENCY, *ORGANISATIONS[1:])),
            "is under", "隶属于", "is the superior of", "下设", "a body and its superior, as sources name it", tie=True),
        RelationshipType("SUCCEEDED_BY", ((*ACTORS,), (*ACTORS,)),
            "was succeeded by", "职责由其承接：", "took over from", "承接", "a reform or renaming that moved duties; `since` is its date",
            properties=("note",), event=True),
        RelationshipType("OVERSEES", ((AGENCY, ASSOCIATION, COMPANY, INSTITUTE), (COMMITTEE, WORKING_GROUP, ASSOCIATION, AGENCY, INSTITUTE)),
            "oversees", "主管", "is overseen by", "受其主管", "authority over a body",
            "capacity", ("supervises", "guides", "manages", "registers", "founded"), ("note",), tie=True),
        RelationshipType("HOSTS_SECRETARIAT", (ORGANISATIONS, BODIES),
            "hosts the secretariat of", "承担秘书处：", "has its secretariat at", "秘书处设于", "the organisation that runs the committee's secretariat",
            properties=("as_printed", "note"), tie=True),
        RelationshipType("PART_OF", ((COMMITTEE, WORKING_GROUP, *ORGANISATIONS, STANDARD, FIELD), (COMMITTEE, WORKING_GROUP, *ORGANISATIONS, STANDARD, FIELD)),
            "is part of", "属于", "includes", "包含", "a subcommittee, working group or legal entity and the whole it belongs to",
            "capacity", ("", "subcommittee", "working_group", "entity", "joint_venture", "branch"), ("note",), tie=True),
        RelationshipType("MEMBER_OF", (ACTORS, (COMMITTEE, WORKING_GROUP, ASSOCIATION, AGENCY)),
            "sits in", "参加", "has as member", "成员包括", "a seat, membership or role in a body",
            "role", ROLES, ("seats", "voting", "term", "as_printed", "note"), tie=True),
        RelationshipType("ISSUED", ((AGENCY, ASSOCIATION, COMPANY, INSTITUTE), (STANDARD,)),
            "issued", "发布", "was issued by", "由其发布", "the body that publishes the standard in its own name", event=True),
        RelationshipType("IN_CHARGE_OF", ((*ACTORS,), (STANDARD,)),
            "is in charge of", "归口", "is in the charge of", "由其归口", "the body to which the standard belongs",
            "capacity", ("centralised", "executing"), ("as_printed",)),
        RelationshipType("SUPERVISES_STANDARD", (ORGANISATIONS, (STANDARD,)),
            "supervises", "主管", "is supervised by", "主管部门为", "the supervising agency that the record names"),
        RelationshipType("PROPOSED", (ACTORS, (STANDARD,)),
            "proposed", "提出", "was proposed by", "由其提出", "who proposed the standard", event=True),
        RelationshipType("DRAFTED", (ACTORS, (STANDARD,)),
            "drafted", "起草", "was drafted by", "由其起草", "a drafting organisation; rank 1 leads",
            properties=("rank", "as_printed"), event=True),
        RelationshipType("ADOPTS", ((STANDARD,), (STANDARD,)),
            "adopts", "采用", "is adopted by", "被其采用", "adoption of an international or foreign standard", properties=("degree", "partial")),
        RelationshipType("REPLACES", ((STANDARD,), (STANDARD,)),
            "replaces", "代替", "is replaced by", "被其代替", "a newer standard and the one it replaces", properties=("partial",)),
        RelationshipType("CITES", ((POLICY, STANDARD), (STANDARD, FIELD, POLICY)),
            "cites", "引用", "is cited by", "被其引用", "a text that refers to a standard, a class of standards or a rule",
            properties=("binding", "makes_compulsory", "note")),
        RelationshipType("MIRRORS", ((COMMITTEE, WORKING_GROUP, INSTITUTE, COMPANY, ASSOCIATION), (COMMITTEE, WORKING_GROUP, ASSOCIATION)),
            "mirrors", "对口", "is mirrored by", "国内对口为", "a domestic committee and its international counterpart", properties=("note",)),
        RelationshipType("OWNED_BY", ((COMPANY, INSTITUTE), (COMPANY, AGENCY, INSTITUTE)),
            "is owned by", "由其出资", "owns", "出资", "ownership", properties=("share", "note"), tie=True),
        RelationshipType("PRIORITISES", ((POLICY,), (COMMITTEE, STANDARD, FIELD)),
            "gives priority to", "列为重点", "is a priority of", "被其列为重点", "a plan or key points that name a field, committee or standard",
            properties=("note", "codes_assigned_by")),
        RelationshipType("ISSUED_POLICY", ((*ORGANISATIONS, COMMITTEE), (POLICY,)),
            "issued", "印发", "was issued by", "由其印发", "who issued a policy", event=True),
        RelationshipType("AMENDS", ((POLICY,), (POLICY,)),
            "replaces", "取代", "is replaced by", "被其取代", "a policy that replaces an older one"),
        RelationshipType("ADMINISTERS", ((AGENCY, ASSOCIATION, COMPANY), (FIELD,)),
            "administers", "主管", "is administered by", "由其主管", "the body that answers for an industry code or kind of standard",
            "capacity", ("administers", "organises", "publishes", "issues"), ("note",)),
        RelationshipType("WORKS_IN", (ACTORS, (FIELD,)),
            "works in", "涉及领域", "is the field of", "相关主体有", "the scope of a committee, group or association"),
        RelationshipType("CLASSIFIED_AS", ((STANDARD,), (FIELD,)),
            "is classified as", "分类为", "is the class of", "所含标准有", "class of a standard in ICS, CCS or industry code"),
        RelationshipType("CLAIMS", ((AGENCY, ASSOCIATION), (STANDARD, FIELD, COMMITTEE)),
            "has a claim on", "主张职权", "is claimed by", "另有主张者", "an agency whose own rules or scheme bear on it", properties=("note",)),
        RelationshipType("MUST_MEET", (ORGANISATIONS, (STANDARD,)),
            "must meet", "须符合", "must be met by", "适用于", "a standard that a product of the organisation has to meet, as its own list says",
            "product", properties=("note",)),
        RelationshipType("TAKES_SIDE", (ORGANISATIONS, (STANDARD,)),
            "takes a side on", "表态于", "is judged by", "表态方包括", "where an organisation stands on a standard, as an own list says",
            "side", ("for", "against", "undecided"), properties=("note",)),
    )
}  # fmt: skip
"""Every relationship type, by name."""

FACTS: Mapping[str, FactType] = {
    f.name: f
    for f in (
        FactType("NAME", ALL, "text", "name", "名称", "a name under which the thing is or was known",
                 "kind of name", NAME_KINDS, shown_as_by={"zh": "name_zh", "en": "name_en"}),
        FactType("KIND", ACTORS, "text", "kind", "类别", "a finer kind than the label", shown_as="kind"),
        FactType("OWNERSHIP", ORGANISATIONS, "text", "ownership", "所有制", "who owns the organisation",
                 values=OWNERSHIP, properties=("list",), shown_as="ownership"),
        FactType("HOME", ACTORS, "text", "home", "所属国家或地区", "country of the organisation or of its parent", shown_as="home"),
        FactType("EXISTS", ACTORS, "boolean", "in existence", "存续", "that the body exists, from `since` to `until`"),
        FactType("STATUS", ALL, "text", "status", "状态", "whether it is in force", values=STATUSES, shown_as="status"),
        FactType("STAGE", (STANDARD,), "text", "stage", "阶段", "stage of the project", values=tuple(STAGES), shown_as="stage"),
        FactType("ACCESS", (*BODIES, ASSOCIATION, AGENCY, FIELD, STANDARD), "text", "access", "参与条件", "who may take part, at which stage",
                 "stage", ACCESS_STAGES, ACCESS, ("actor_kind", "ground", "note", "note_zh")),
        FactType("FIGURE", ALL, "text", "figure", "数据", "a dated statistic", "metric", properties=("unit", "period", "note", "value_zh")),
        FactType("RULE", (FIELD, POLICY, *ACTORS), "text", "rule", "规则", "a rule of process and its value", "rule",
                 properties=("unit", "note", "value_zh")),
        FactType("JUDGED", ORGANISATIONS, "text", "judgement", "判定",
                 "what someone in charge of the data judged of two organisations; the value is the other's name",
                 "judgement", JUDGED_AS, properties=("judged_by", "as_printed", "note")),
        FactType("CONTACT", ACTORS, "text", "contact", "联系窗口", "a desk of the body to turn to, never a person",
                 "what the desk answers for", properties=("contact_address", "note"), tells=("contact_address", "note")),
        FactType("MEETING", ACTORS, "date", "meeting", "会议", "the day, or first day, of a meeting of the body",
                 "which meeting", properties=("ends", "place", "deadline", "participation", "url", "note"),
                 tells=("ends", "place", "deadline", "participation", "url", "note")),
        FactType("NOTE", ALL, "text", "note", "说明", "what a source says that no other type holds", "topic", properties=("value_zh", "note")),
    )
}  # fmt: skip
"""Every fact type, by name."""

PHRASES: Mapping[tuple[str, str], tuple[str, str]] = {
    ("OVERSEES", "supervises"): ("supervises", "主管"),
    ("OVERSEES", "guides"): ("guides", "业务指导"),
    ("OVERSEES", "manages"): ("manages", "管理"),
    ("OVERSEES", "registers"): ("registers", "登记管理"),
    ("OVERSEES", "founded"): ("founded", "筹建"),
    ("MEMBER_OF", "chair"): ("holds the chair of", "担任主任委员单位："),
    ("MEMBER_OF", "vice_chair"): ("holds a vice chair of", "担任副主任委员单位："),
    ("MEMBER_OF", "secretary_general"): ("provides the secretary general of", "担任秘书长单位："),
    ("MEMBER_OF", "member"): ("is a member of", "作为成员参加"),
    ("MEMBER_OF", "observer"): ("is an observer of", "作为观察员参加"),
    ("MEMBER_OF", "liaison"): ("is in liaison with", "作为联络成员参加"),
    ("MEMBER_OF", "wg_lead"): ("leads", "牵头"),
    ("MEMBER_OF", "wg_member"): ("is a member of", "作为成员参加"),
    ("MEMBER_OF", "p_member"): ("is a P-member of", "作为积极成员（P）参加"),
    ("MEMBER_OF", "o_member"): ("is an O-member of", "作为观察成员（O）参加"),
    ("IN_CHARGE_OF", "centralised"): ("is in charge of", "归口"),
    ("IN_CHARGE_OF", "executing"): ("carries out the work on", "执行"),
    ("PART_OF", "subcommittee"): ("is a subcommittee of", "作为分技术委员会隶属于"),
    ("PART_OF", "working_group"): ("is a working group of", "作为工作组隶属于"),
    ("PART_OF", "entity"): ("is an entity of", "作为下属单位隶属于"),
    ("PART_OF", "joint_venture"): ("is a joint venture of", "属合资企业，合资方为"),
    ("PART_OF", "branch"): ("is a branch of", "作为分支机构隶属于"),
    ("TAKES_SIDE", "for"): ("is for", "支持"),
    ("TAKES_SIDE", "against"): ("is against", "反对"),
    ("TAKES_SIDE", "undecided"): ("is undecided on", "尚未表态于"),
    ("ADMINISTERS", "administers"): ("administers", "主管"),
    ("ADMINISTERS", "organises"): ("organises the work in", "组织"),
    ("ADMINISTERS", "publishes"): ("publishes", "公布"),
    ("ADMINISTERS", "issues"): ("issues", "发布"),
}
"""How a relationship with a qualifier reads, where that differs from the type's own phrase: (type, qualifier) to (English, Chinese)."""

WORDS: Mapping[str, tuple[str, str]] = {
    "central_soe": ("central state-owned enterprise", "中央企业"),
    "local_soe": ("local state-owned enterprise", "地方国有企业"),
    "private": ("private", "民营"),
    "foreign_invested": ("foreign-invested", "外商投资"),
    "joint_venture": ("joint venture", "合资"),
    "public": ("public body", "事业单位或公共机构"),
    "unknown": ("unknown", "未知"),
    "upcoming": ("not yet in force", "即将实施"),
    "current": ("in force", "现行"),
    "superseded": ("superseded", "被代替"),
    "withdrawn": ("withdrawn", "废止"),
    "project": ("project", "计划项目"),
    "open": ("open", "开放"),
    "member": ("open to members", "可作为成员参加"),
    "observer": ("open to observers", "可作为观察员参加"),
    "by_invitation": ("by invitation only", "仅限受邀"),
    "closed": ("closed", "不开放"),
    "pending": ("applications stay pending", "申请长期未决"),
    "any": ("taking part", "参与"),
    "agenda": ("setting the agenda", "议程设定"),
    "early_drafting": ("early drafting", "早期起草"),
    "comments": ("comments", "征求意见"),
    "examination": ("examination", "审查"),
    "vote": ("vote", "表决"),
    "leadership": ("leading posts", "领导职务"),
    "membership": ("membership", "成员资格"),
    "working_groups": ("working groups", "工作组"),
    "meetings": ("meetings outside the committee", "会外会议"),
    "foreign": ("foreign companies", "外资企业"),
    "domestic": ("domestic companies", "国内企业"),
    "association": ("association", "社会团体"),
    "Standard.association": ("association standard", "团体标准"),
    "ACCESS.association": ("associations", "社会团体"),
    "company": ("company", "企业"),
    "group": ("corporate group", "企业集团"),
    "institute": ("research institute", "科研院所"),
    "university": ("university", "高校"),
    "test_body": ("test or certification body", "检测认证机构"),
    "agency": ("agency", "机关"),
    "domestic_association": ("domestic association", "国内行业协会"),
    "foreign_chamber": ("foreign chamber", "外国商会"),
    "alliance": ("alliance", "产业联盟"),
    "academic_society": ("academic society", "学会"),
    "national": ("national standard", "国家标准"),
    "industry": ("industry standard", "行业标准"),
    "local": ("local standard", "地方标准"),
    "enterprise": ("enterprise standard", "企业标准"),
    "international": ("international standard", "国际标准"),
    "MEMBER_OF.chair": ("chair", "主任委员单位"),
    "MEMBER_OF.vice_chair": ("vice chair", "副主任委员单位"),
    "MEMBER_OF.secretary_general": ("secretary general", "秘书长单位"),
    "MEMBER_OF.member": ("member", "成员"),
    "MEMBER_OF.observer": ("observer", "观察员"),
    "MEMBER_OF.liaison": ("liaison", "联络成员"),
    "MEMBER_OF.wg_lead": ("lead", "牵头单位"),
    "MEMBER_OF.wg_member": ("member", "成员"),
    "MEMBER_OF.p_member": ("P-member", "积极成员（P）"),
    "MEMBER_OF.o_member": ("O-member", "观察成员（O）"),
    "PART_OF.subcommittee": ("subcommittee", "分技术委员会"),
    "PART_OF.working_group": ("working group", "工作组"),
    "PART_OF.entity": ("entity", "下属单位"),
    "PART_OF.joint_venture": ("joint venture", "合资企业"),
    "PART_OF.branch": ("branch", "分支机构"),
    "technical committee": ("technical committee", "技术委员会"),
    "subcommittee": ("subcommittee", "分技术委员会"),
    "research group": ("research group", "研究组"),
    "special task group": ("special task group", "特别任务组"),
    "special working group": ("special working group", "特别工作组"),
    "general group": ("general group", "总体组"),
    "drafting group": ("drafting group", "起草组"),
    "several groups": ("several groups", "若干工作组"),
    "platform": ("platform", "平台"),
    "party_body": ("party body", "党的机构"),
    "field": ("field", "领域"),
    "industry code": ("industry code", "行业代号"),
    "standard_kind": ("kind of standard", "标准类别"),
    "departmental_rule": ("departmental rule", "部门规章"),
    "law": ("law", "法律"),
    "notice": ("notice", "通知"),
    "plan": ("plan number", "计划号"),
    "Policy.plan": ("plan", "规划"),
    "regulation": ("regulation", "法规"),
    "annual_key_points": ("annual key points", "年度工作要点"),
    "certification_rule": ("certification rule", "认证规则"),
    "circular": ("circular", "通函"),
    "catalogue": ("catalogue", "目录"),
    "local_regulation": ("local regulation", "地方性法规"),
    "research_programme": ("research programme", "研究计划"),
    "international_agreement": ("international agreement", "国际协定"),
    "strategy": ("strategy", "战略"),
    "same_as": ("judged the same organisation as", "经判定为同一单位"),
    "different_from": ("judged another organisation than", "经判定为不同单位"),
    "parent_of": ("judged the parent of", "经判定为其上级单位"),
    "unsure_of": ("judged without a decision beside", "经判定暂不能确定"),
    "high": ("high", "高"),
    "medium": ("medium", "中"),
    "low": ("low", "低"),
    "page": ("page", "网页"),
    "transcription": ("transcription", "转录"),
    "user": ("your own data", "自有数据"),
    "editor": ("editor's reading", "编者判断"),
    "rule": ("rule", "规则推定"),
    "general_knowledge": ("general knowledge", "常识"),
    "yes": ("yes", "是"),
    "no": ("no", "否"),
    "complete": ("complete", "完整"),
    "cut short by the source": ("cut short by the source", "来源有删节"),
    "new standard": ("new standard", "制定"),
    "revision": ("revision", "修订"),
    "Standard.infosec": ("information security", "信息安全"),
    "Standard.telecom": ("telecommunications", "通信"),
    "Standard.machinery": ("machinery", "机械"),
    "Standard.publishing": ("publishing", "新闻出版"),
    "Standard.finance": ("finance", "金融"),
    "Standard.automotive": ("motor vehicles", "汽车"),
    "Standard.medical": ("medical devices", "医疗器械"),
    "Standard.cryptography": ("cryptography", "密码"),
    "Standard.steel": ("steel", "钢铁"),
    "Standard.textile": ("textiles", "纺织"),
    "Standard.energy": ("energy", "能源"),
    "Standard.services": ("services", "服务业"),
    "Standard.petroleum": ("petroleum", "石油"),
    "Standard.chemicals": ("chemicals", "化工"),
    "Standard.agriculture": ("agriculture", "农业"),
    "Standard.ict": ("information technology", "信息技术"),
    "Standard.railway": ("railways", "铁路"),
    "Standard.toys": ("toys", "玩具"),
    "Standard.electrical": ("electrical equipment", "电工"),
    "Standard.food": ("food", "食品"),
    "Standard.plastics": ("plastics", "塑料"),
    "Standard.automation": ("automation", "自动化"),
    "Standard.appliances": ("household appliances", "家用电器"),
    "Standard.trade": ("domestic trade", "商贸"),
    "Standard.environment": ("environment", "环境保护"),
    "Standard.building": ("building", "建筑"),
    "Standard.furniture": ("furniture", "家具"),
    "Standard.nonferrous": ("non-ferrous metals", "有色金属"),
    "Standard.electronics": ("electronics", "电子"),
    "Standard.fire": ("fire protection", "消防"),
    "Standard.forestry": ("forestry", "林业"),
    "Standard.publicsafety": ("public security", "公共安全"),
    "Standard.consumer": ("consumer goods", "消费品"),
    "Standard.fisheries": ("fisheries", "水产"),
    "Standard.rubber": ("rubber", "橡胶"),
    "Standard.geoinfo": ("geographic information", "地理信息"),
    "Standard.lighting": ("lighting", "照明"),
    "Standard.refractory": ("refractories", "耐火材料"),
    "Standard.coal": ("coal", "煤炭"),
    "Standard.transport": ("transport", "交通运输"),
    "Standard.management": ("management systems", "管理体系"),
    "Standard.cosmetics": ("cosmetics", "化妆品"),
    "Standard.documentation": ("documentation", "文献信息"),
    "Standard.ecommerce": ("electronic commerce", "电子商务"),
    "Standard.packaging": ("packaging", "包装"),
    "Standard.vehicles": ("vehicles", "车辆"),
    "Standard.optics": ("optics", "光学"),
    "Standard.welding": ("welding", "焊接"),
    "Standard.metrology": ("metrology", "计量"),
    "Standard.lifts": ("lifts", "电梯"),
    "Standard.ships": ("ships", "船舶"),
    "Standard.item coding": ("item coding", "物品编码"),
    "Standard.ergonomics": ("ergonomics", "人类工效学"),
    "Standard.trade inspection": ("trade inspection", "出入境检验检疫"),
    "Standard.meteorology": ("meteorology", "气象"),
    "Standard.aerospace": ("aerospace", "航空航天"),
    "Standard.nuclear": ("nuclear", "核工业"),
    "Standard.leather and fur": ("leather and fur", "皮革和毛皮"),
    "Standard.tobacco": ("tobacco", "烟草"),
}
"""How enumerated values read: value to (English, Chinese); before a point the label or type for which a value reads otherwise."""


_KEY = re.compile("[a-z][a-z0-9]*([_-][a-z0-9]+)*")


def word(value: object, lang: str = "en", of: str = "") -> str:
    """An enumerated value, or the topic of a note, rule or figure, as people read it; any other text as it is.

    A text made like the keys of these, of small letters with a hyphen or underscore between words, gets blanks for them.

    `of` is the label or type whose value it is: the kind of a standard reads otherwise than that of an organisation.

    >>> word("by_invitation"), word("by_invitation", "zh"), word("our-own_topic")
    ('by invitation only', '仅限受邀', 'our own topic')
    >>> word("2019-05-10", "zh"), word("GB/T 22239-2019", "zh")
    ('2019-05-10', 'GB/T 22239-2019')
    >>> word("association"), word("association", of="Standard")
    ('association', 'association standard')
    >>> word("tc-vote-quorum"), word("tc-vote-quorum", "zh")
    ('committee vote: quorum', '技术委员会表决：法定人数')
    """
    text = str(value)
    for known, key in ((WORDS, f"{of}.{text}"), (WORDS, text), (TOPICS, text)):
        if key in known:
            return known[key][lang == "zh"]
    return re.sub("[_-]", " ", text) if _KEY.fullmatch(text) else text


def titled(title: str, lang: str = "en") -> str:
    """The title or publisher of a dataset or document in a language. A document keeps its own title; what editors added to it is translated.

    >>> titled("Kinds of standard", "zh"), titled("Standardization Law (mirror site a.cn)", "zh")
    ('标准类别', 'Standardization Law（镜像网站a.cn）')
    """
    if lang != "zh":
        return title
    for known in (TITLES, PUBLISHERS):
        if title in known:
            return known[title]
    for added, reads in REMARKS.items():
        title = re.sub(rf"\s?{added}" if added.startswith(r"\(") else added, reads, title)
    return title


def located(locator: str, lang: str = "en") -> str:
    """The place in a source in a language, where it has words for it: an article, a row or an item by its number, or a known place.

    >>> located("foreword", "zh"), located("row 6", "zh"), located("Art. 3, 15", "zh"), located("2025 results", "zh")
    ('前言', '第6行', '第3、15条', '2025 results')
    """
    if lang != "zh":
        return locator
    numbered = _NUMBERED.fullmatch(locator)
    if numbered:
        return f"第{numbered[2].replace(', ', '、')}{_NUMBERS[numbered[1]]}"
    return PLACES.get(locator, locator)


_NUMBERS = {"row": "行", "item": "项", "items": "项", "Art.": "条", "paragraph": "段", "page": "页", "p.": "页"}
_NUMBERED = re.compile(r"(row|items?|Art\.|paragraph|page|p\.) (\d+(?:-\d+)?(?:, \d+(?:-\d+)?)*)")

STATEMENT_TYPES: tuple[str, ...] = (*RELATIONSHIPS, *FACTS)
TIES: tuple[str, ...] = tuple(name for name, r in RELATIONSHIPS.items() if r.tie)
"""Relationship types along which influence can run between actors."""
EVENTS: frozenset[str] = frozenset(name for name, r in RELATIONSHIPS.items() if r.event)
"""Relationship types that happen on a day: their `since` is that day, not the beginning of a time."""
