"""Errors as HTTP says them: RFC 9457 problem details, from one table that gives each exception its status.

The `type` of a problem is an address of this server that explains it. Besides the members of the RFC a problem has
`errors` (which parameter, what was wrong with it), `nearest` (what is on record close to an unknown name) or `candidates` (all
that bear an ambiguous one).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph import errors
from graph.model import Language, NodeRef
from queries.answer import Text

MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of problem: the last part of its address, its status, a title, and what it means and asks for."""

    slug: str
    status: int
    title: Text
    meaning: Text
    retry_after: int | None = None


@dataclass(frozen=True, slots=True)
class FieldError:
    """One parameter that cannot be used: its name, and why."""

    field: str
    message: str


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem as RFC 9457 has it, with what this API adds. `instance` is the path that was asked."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    errors: tuple[FieldError, ...] = ()
    nearest: tuple[NodeRef, ...] = ()
    candidates: tuple[NodeRef, ...] = ()


NOT_FOUND = Kind(
    "not-found", 404, Text("Nothing by that name", "未找到"),
    Text("Nothing on record bears this name, number or id. `nearest` lists what comes close; ask again with one of those ids.",
         "没有以此为名称、编号或标识的记录。`nearest`列出最接近的条目，请用其中的标识再次查询。"))  # fmt: skip
AMBIGUOUS = Kind(
    "ambiguous", 409, Text("Several things by that name", "名称有歧义"),
    Text("The name fits several things and none is picked silently. `candidates` lists them; ask again with one of those ids.",
         "该名称对应多个条目，系统不会擅自选择。`candidates`列出全部候选，请用其中的标识再次查询。"))  # fmt: skip
INVALID = Kind(
    "invalid-input", 422, Text("Input that cannot be used", "输入无效"),
    Text("A parameter cannot be used as given. `errors` names each such parameter and says why.",
         "某个参数无法使用。`errors`列出各参数名称及原因。"))  # fmt: skip
INVALID_DATE = Kind(
    "invalid-date", 422, Text("Not a date", "日期无效"),
    Text("Dates are written 2018, 2018-03 or 2018-03-17.", "日期写作2018、2018-03或2018-03-17。"))  # fmt: skip
INVALID_CURSOR = Kind(
    "invalid-cursor", 422, Text("Not a cursor of this list", "翻页标记无效"),
    Text("`after` continues the list that gave it, with the same parameters. Begin again without it.",
         "`after`只能用于给出它的那个列表，且参数须相同。请去掉它重新开始。"))  # fmt: skip
STORE_LOCKED = Kind(
    "store-locked", 503, Text("The store is being written", "数据库正在写入"),
    Text("Another process is writing. Try again in a moment.", "另一进程正在写入，请稍后再试。"), retry_after=1)  # fmt: skip
STORE = Kind(
    "store-unavailable", 503, Text("The store cannot serve", "数据库暂不可用"),
    Text("The store is missing, damaged or of a newer version. `detail` says which and what its keeper should do.",
         "数据库缺失、损坏或版本较新。`detail`说明原因及处理办法。"), retry_after=30)  # fmt: skip
NO_ADDRESS = Kind(
    "no-such-address", 404, Text("No such address", "无此地址"),
    Text("Nothing is served at this address. /docs lists what is.", "此地址没有内容。/docs列出可用地址。"))  # fmt: skip
METHOD = Kind(
    "method-not-allowed", 405, Text("Method not allowed", "不支持该方法"),
    Text("Everything here is read with GET or HEAD.", "本服务仅支持GET和HEAD读取。"))  # fmt: skip
HOST = Kind(
    "unknown-host", 421, Text("Not served under this name", "未以此名称提供服务"),
    Text("The server may not be called by this host name. Its keeper can allow it with STANDARDS_GRAPH_HOSTS.",
         "服务器不接受以此主机名访问。管理者可通过STANDARDS_GRAPH_HOSTS放行。"))  # fmt: skip
UNEXPECTED = Kind(
    "unexpected", 500, Text("Something went wrong here", "服务器出错"),
    Text("A fault of this program. The log has it under the request's id, which the response header X-Request-ID gives.",
         "程序自身出错。日志中以响应头X-Request-ID给出的编号记录了详情。"))  # fmt: skip

KINDS: Mapping[str, Kind] = {
    kind.slug: kind
    for kind in (
        NOT_FOUND, AMBIGUOUS, INVALID, INVALID_DATE, INVALID_CURSOR, STORE_LOCKED, STORE, NO_ADDRESS, METHOD, HOST, UNEXPECTED,
    )
}  # fmt: skip
"""Every kind of problem, by the last part of its address."""

OF_EXCEPTIONS: Mapping[type[Exception], Kind] = {
    errors.NotFoundError: NOT_FOUND,
    errors.AmbiguousError: AMBIGUOUS,
    errors.DateError: INVALID_DATE,
    errors.CursorError: INVALID_CURSOR,
    errors.InputError: INVALID,
    errors.StoreLockedError: STORE_LOCKED,
    errors.StoreError: STORE,
}
"""The kind of problem that an exception becomes; the nearest class decides."""

OF_STATUSES: Mapping[int, Kind] = {404: NO_ADDRESS, 405: METHOD, 421: HOST}
"""The kind of problem that a bare status of the framework becomes."""


def kind_of(error: Exception) -> Kind:
    """The kind of an exception of ours, by its nearest class in the table.

    >>> kind_of(errors.CursorError("of another list")).slug
    'invalid-cursor'
    """
    return next((OF_EXCEPTIONS[c] for c in type(error).__mro__ if c in OF_EXCEPTIONS), UNEXPECTED)


def problem(
    kind: Kind,
    detail: str,
    *,
    lang: Language = "en",
    instance: str = "",
    fields: Sequence[FieldError] = (),
    nearest: Sequence[NodeRef] = (),
    candidates: Sequence[NodeRef] = (),
) -> Problem:
    """A problem of this kind, titled in that language."""
    return Problem(
        f"/problems/{kind.slug}",
        kind.title[lang],
        kind.status,
        detail,
        instance,
        tuple(fields),
        tuple(nearest),
        tuple(candidates),
    )


def of_error(error: errors.StandardsGraphError, *, lang: Language = "en", instance: str = "") -> Problem:
    """The problem that an exception of ours becomes."""
    kind = kind_of(error)
    field = getattr(error, "field", "")
    return problem(
        kind,
        _detail(error, kind, lang),
        lang=lang,
        instance=instance,
        fields=(FieldError(field, str(error)),) if field else (),
        nearest=error.nearest if isinstance(error, errors.NotFoundError) else (),
        candidates=error.candidates if isinstance(error, errors.AmbiguousError) else (),
    )


def _detail(error: errors.StandardsGraphError, kind: Kind, lang: Language) -> str:
    """The exception's own message, or in Chinese what it says where that can be said from its parts."""
    if lang == "en":
        return str(error)
    if isinstance(error, errors.NotFoundError) and error.asked:
        listed = "；".join(f"{ref.name('zh')}（{ref.id}）" for ref in error.nearest)
        return f"没有“{error.asked[:80]}”的记录。" + (f"最接近的有：{listed}" if listed else "也没有相近的条目。")
    if isinstance(error, errors.AmbiguousError) and error.candidates:
        listed = "；".join(f"{ref.name('zh')}（{ref.id}）" for ref in error.candidates[:5])
        return f"“{error.asked[:80]}”对应{len(error.candidates)}个条目：{listed}。请用其中的标识再次查询。"
    return f"{kind.meaning.zh}（{error}）"
