"""What the demo company sells: five product lines, four revenue types, their VAT."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

VAT: Final = {"平台订阅": 6, "License授权": 13, "解决方案": 9, "运维服务": 6}  # per cent
COST_SHARES: Final = {"平台订阅": 24, "License授权": 12, "解决方案": 58, "运维服务": 46}
"""What a product costs, without VAT, in per cent of its list price."""
REVENUE_TYPES: Final = tuple(VAT)

# code|product line|product|revenue type|list price in 元 with VAT|usual quantity|lines|growth ‰
_TABLE: Final = """
P101|工业互联网平台|织云平台企业版订阅|平台订阅|6800|2|62|230
P102|工业互联网平台|织云平台旗舰版订阅|平台订阅|19800|1|22|280
P103|工业互联网平台|织云私有化授权|License授权|42000|1|12|40
P104|工业互联网平台|平台落地实施方案|解决方案|36000|1|14|90
P105|工业互联网平台|平台运维年包|运维服务|5200|1|40|160
P201|边缘智能网关|网关管理软件授权|License授权|880|6|58|60
P202|边缘智能网关|网关接入订阅|平台订阅|360|14|66|200
P203|边缘智能网关|产线联网方案|解决方案|14600|1|48|100
P204|边缘智能网关|厂区专网方案|解决方案|39800|1|9|150
P205|边缘智能网关|网关维保服务|运维服务|420|8|50|90
P301|数据采集终端|采集软件授权|License授权|1260|4|64|-40
P302|数据采集终端|能耗采集方案|解决方案|9800|1|44|110
P303|数据采集终端|设备上云方案|解决方案|12800|1|40|170
P304|数据采集终端|终端巡检服务|运维服务|680|5|46|50
P305|数据采集终端|离线采集软件授权|License授权|960|4|30|-180
P401|制造执行系统|MES标准版授权|License授权|18600|1|30|30
P402|制造执行系统|MES专业版授权|License授权|45600|1|11|70
P403|制造执行系统|MES云端订阅|平台订阅|4600|3|42|380
P404|制造执行系统|MES实施方案|解决方案|33500|1|16|60
P405|制造执行系统|MES驻场运维|运维服务|8600|1|28|80
P501|设备健康管理|预测性维护订阅|平台订阅|2980|4|44|320
P502|设备健康管理|振动监测方案|解决方案|21600|1|26|210
P503|设备健康管理|健康诊断软件授权|License授权|7600|1|30|120
P504|设备健康管理|专家诊断服务|运维服务|3600|2|34|190
"""
_LAUNCHED: Final = {"P403": date(2025, 7, 1), "P204": date(2024, 10, 1)}
_DISCONTINUED: Final = {"P305": date(2026, 7, 1)}  # the first day on which it is not sold
TAKEN_OVER: Final = {"离线采集软件授权": "采集软件授权"}  # what buyers of a discontinued one get


@dataclass(frozen=True, slots=True)
class Product:
    """One product; it is sold on ``[launched, discontinued)``. ``price`` is in 元 with VAT."""

    code: str
    line: str
    name: str
    revenue: str
    price: int
    quantity: int
    weight: int
    growth: int
    launched: date
    discontinued: date

    @property
    def vat(self) -> int:
        """The VAT rate in per cent."""
        return VAT[self.revenue]


def _read(row: str) -> Product:
    code, line, name, revenue, *figures = row.split("|")
    launched = _LAUNCHED.get(code, date.min)
    discontinued = _DISCONTINUED.get(code, date.max)
    price, quantity, weight, growth = map(int, figures)
    return Product(
        code, line, name, revenue, price, quantity, weight, growth, launched, discontinued
    )


PRODUCTS: Final = tuple(map(_read, _TABLE.split()))
LINES: Final = tuple(dict.fromkeys(product.line for product in PRODUCTS))
INDUSTRIES: Final = {  # how each industry favours the five lines, 10 is even
    "汽车零部件": (10, 12, 9, 16, 9),
    "电子制造": (12, 10, 10, 18, 6),
    "装备机械": (9, 11, 11, 10, 13),
    "新能源": (14, 12, 10, 13, 10),
    "化工": (8, 9, 14, 6, 15),
    "钢铁冶金": (7, 10, 13, 5, 17),
    "食品饮料": (9, 10, 12, 12, 6),
    "医药": (11, 8, 10, 15, 7),
    "能源电力": (12, 14, 12, 3, 16),
}
CHANNELS: Final = ("直销", "经销", "生态伙伴")
DISCOUNTS: Final = {
    "直销": (880, 1000),
    "经销": (720, 880),
    "生态伙伴": (780, 920),
}  # per mille paid
