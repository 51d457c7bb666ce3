"""Which column of a list says what: by the headers of known exports and the words of offices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from quotaloom.warehouse.intake.aliases import headline, plain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ROLES: Final = (
    "code", "name", "kind", "grade", "parent", "path", "staff_no", "person", "title", "manager",
    "share", "from", "to", "holds_from", "holds_to", "state",
)  # fmt: skip

_WORDS: Final = {
    "code": "编码|代码|编号|成员编码|岗位编码|岗位编号|岗位"
    "|部门编码|部门编号|部门id|组织编码|单位编码"
    "|产品编码|产品代码|物料编码|客户编码|客户编号|客户代码|渠道编码|行业编码|code|id|seat|seat id"
    "|product code|customer code|sku",
    "name": "名称|成员名称|岗位名称|部门名称|组织名称|单位名称|name",
    "kind": "类别|类型|成员类型|kind|type",
    "grade": "级别|职级|岗位级别|等级|grade|job grade",
    "parent": "上级|上级编码|上级部门|上级组织|上级单位"
    "|父部门|父级|父编码|父部门id|上级部门id"
    "|parent|parent code|reports to unit",
    "path": "部门|部门路径|所属部门|组织路径|主部门|所在部门|department|department path|org path",
    "staff_no": "工号|员工工号|人员编号|员工编号|员工编码|现任工号"
    "|帐号|账号|用户id|员工userid|userid"
    "|staff no|employee id|employee no",
    "person": "姓名|员工姓名|成员姓名|现任姓名|任职人|现任|full name|employee|employee name",
    "title": "职务|职位|岗位职务|title|job title|position",
    "state": "状态|员工状态|在职状态|任职状态|激活状态|账号状态|state|status",
    "manager": "上级岗位|直属上级|直接上级|直属主管|上级主管|汇报对象|汇报上级|manager"
    "|direct manager|reports to",
    "holds_from": "任职开始|任职开始日期|到岗日期|holds from",
    "holds_to": "任职结束|任职结束日期|离岗日期|holds to",
    "share": "任职比例|比例|占比|share|fte",
    "from": "生效日期|启用日期|开始日期|起始日期|上市日期|生效时间|from|valid from|start"
    "|start date|effective date",
    "to": "失效日期|停用日期|结束日期|停售日期|截止日期|失效时间|to|valid to|end|end date",
}  # fmt: skip
_NAMES: Final = {  # what members of an axis are called there
    "org": "岗位名称",
    "product": "产品|产品名称|商品|商品名称|product|product name",
    "territory": "城市|区域|辖区|city|territory",
    "customer": "客户|客户名称|customer|customer name|account",
    "channel": "渠道|渠道名称|channel",
    "industry": "行业|行业名称|industry",
}
_LEVELS: Final = {
    "org": "一级部门|二级部门|三级部门|四级部门|五级部门|六级部门"
    "|大区|现大区|事业部|省区|省份|现省份|分公司",
    "product": "事业部|产品线|产品大类|大类|中类|小类|品类|产品系列"
    "|系列|品牌|product line|category",
    "territory": "国家|大区|省|省份|地区|country|region|province",
    "customer": "客户类型|客户分类|客户等级|客户级别|segment|customer type",
    "channel": "渠道类型|渠道大类|channel type",
    "industry": "行业大类|行业分类|industry group",
}


def _ranked(words: str) -> dict[str, int]:
    """Words as they are compared, each with its place: the first are meant most likely."""
    return {plain(word): rank for rank, word in reversed([*enumerate(words.split("|"))])}


WORDS: Final = {role: _ranked(words) for role, words in _WORDS.items()}
NAMES: Final = {axis: _ranked(words) for axis, words in _NAMES.items()}
LEVELS: Final = {axis: _ranked(words) for axis, words in _LEVELS.items()}


@dataclass(frozen=True, slots=True)
class Preset:
    """An export that is known: its marks, and how it writes a path and several of them."""

    code: str
    name: str
    marks: frozenset[str]  # a file with one of these headers is of this kind
    steps: str  # what parts the units of a path
    several: str  # what parts the paths of one cell


def _preset(code: str, name: str, marks: str, steps: str, several: str) -> Preset:
    words = frozenset(plain(word) for word in marks.split("|"))
    return Preset(code, name, words, steps, several)


PRESETS: Final = (
    _preset("feishu", "飞书", "直属上级|人员类型|企业邮箱|部门id路径|lark id", "/", ",;，；、"),
    _preset("dingtalk", "钉钉", "员工userid|直属主管|主管userid|是否此部门主管", "-/", ",;，；"),
    _preset("wecom", "企业微信", "帐号|别名|座机|对外职务|激活状态", "/", ";；,，"),
)
PLAIN: Final = Preset("plain", "", frozenset(), "/>", ";；")


@dataclass(frozen=True, slots=True)
class Columns:
    """The header of each role, the headers of levels from the top down, and the kind of file."""

    preset: Preset
    roles: Mapping[str, str]
    levels: tuple[str, ...]
    unused: tuple[str, ...]
    unclear: Mapping[str, tuple[str, ...]]  # roles that several headers could be


def recognised(headers: Sequence[str], axis: str, chosen: Mapping[str, str]) -> Columns:
    """What each header says; of several for a role, the one whose word stands first.

    ``chosen`` gives headers of roles that a person named ("": none).
    """
    names = {header: headline(header).name for header in headers}
    preset = max((*PRESETS, PLAIN), key=lambda one: len(one.marks & set(names.values())))
    preset = preset if preset.marks & set(names.values()) else PLAIN
    ranks = LEVELS[axis]
    above = [h for h in headers if names[h] in ranks and h not in chosen.values()]
    levels = tuple(sorted(above, key=lambda header: ranks[names[header]]))
    words = WORDS | {"name": NAMES[axis] | WORDS["name"]}
    roles = {role: header for role, header in chosen.items() if header in names}
    unclear: dict[str, tuple[str, ...]] = {}
    for role in ROLES:
        taken = {*roles.values(), *levels}
        hits = [h for h in headers if names[h] in words[role] and h not in taken]
        hits.sort(key=lambda header: words[role][names[header]])
        if role in chosen or not hits:
            continue
        if len(hits) > 1 and preset is PLAIN:
            unclear[role] = tuple(hits)
        roles[role] = hits[0]
    _post_or_title(roles, names, chosen)
    unused = tuple(h for h in headers if h not in {*roles.values(), *levels})
    return Columns(preset, roles, levels, unused, unclear)


def _post_or_title(
    roles: dict[str, str], names: Mapping[str, str], chosen: Mapping[str, str]
) -> None:
    """岗位 beside a person and her department is what she does there, not a code."""
    said = names.get(roles.get("code", ""), "")
    beside = {"person", "path"} <= set(roles) and not {"name", "title"} & set(roles)
    if said == plain("岗位") and beside and "code" not in chosen:
        roles["title"] = roles.pop("code")
