"""What the parameters and methods of a decomposition are called on the sheets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quotaloom.report.wording import Lang

PARAMETERS: Final[Mapping[str, tuple[str, str]]] = {
    "facts": ("历史数据文件", "History files"),
    "total": ("目标总额", "Total target"),
    "year": ("目标年度", "Target year"),
    "by": ("维度与层级", "Dimensions and levels"),
    "tree": ("上下级维度", "Parent-child dimensions"),
    "join": ("关联表", "Joined tables"),
    "date": ("日期列", "Date column"),
    "amount": ("金额列", "Amount column"),
    "time": ("期间", "Periods"),
    "fiscal_start": ("财年起始月", "First month of the fiscal year"),
    "cutoff_day": ("月结日", "Last day of a month"),
    "pattern": ("周历模式", "Week pattern"),
    "seasonality": ("季节性", "Seasonality"),
    "event": ("活动与节点", "Events"),
    "season_by": ("季节性分组", "Seasonality per"),
    "basis_years": ("基数年数", "Years of history"),
    "recency": ("逐年衰减", "Weight of an older year"),
    "weights": ("权重文件", "Weights file"),
    "weight_column": ("权重列", "Weight column"),
    "roster": ("人员变动文件", "Roster file"),
    "fix": ("固定", "Fixed totals"),
    "hold": ("锁定", "Holds"),
    "bound": ("界限", "Bounds"),
    "growth_max": ("增长上限", "Growth cap"),
    "unit": ("最小单位（元）", "Unit in CNY"),
    "where": ("筛选条件", "Filter"),
    "alias": ("名称对照", "Aliases"),
    "subtotals": ("小计行", "Subtotal rows"),
    "sheet": ("来源工作表", "Source sheet"),
    "header_row": ("表头行", "Header row"),
    "encoding": ("编码", "Encoding"),
    "delimiter": ("分隔符", "Delimiter"),
    "hidden_rows": ("隐藏行", "Hidden rows"),
    "fill_down": ("合并单元格向下填充", "Fill merged cells down"),
    "date_order": ("日期顺序", "Order of dates"),
    "decimal_mark": ("小数点", "Decimal mark"),
    "zone": ("时区", "Time zone"),
    "partial_years": ("不完整年度", "Partial years"),
    "on_zero_basis": ("零基数", "Zero basis"),
    "on_negative_basis": ("负基数", "Negative basis"),
    "spring_festival": ("春节", "Spring Festival"),
    "repeated_names": ("重名成员", "Repeated names"),
    "country": ("节假日", "Holidays of"),
    "history": ("采用的历史", "History used"),
    "year_weights": ("各年权重", "Weights of the years"),
    "spring_festival_days": ("一、二月工作日", "Working days in Jan and Feb"),
    "columns": ("识别的列", "Columns found"),
    "read": ("读取的行数", "Rows read"),
}
METHODS: Final[Mapping[str, tuple[str, str]]] = {
    "proportional": ("按权重比例", "proportional"),
    "equal": ("平均", "equal"),
    "wish": ("按要求", "as wished"),
}


def parameter(name: str, lang: Lang) -> str:
    """What a parameter is called, with its own name beside it; unknown ones by that alone."""
    known = PARAMETERS.get(name)
    return f"{known[0 if lang == 'zh' else 1]} ({name})" if known else name


def method(name: str, lang: Lang) -> str:
    """What a method is called; unknown ones by their identifier."""
    return METHODS.get(name, (name, name))[0 if lang == "zh" else 1]
