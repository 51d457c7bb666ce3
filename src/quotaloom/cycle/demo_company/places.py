"""Where the demo company sells: regions, provinces, cities, and the re-organisation of 2026."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

REGIONS: Final = ("华东", "华南", "华北", "西南")
REORGANISED: Final = date(2026, 3, 1)
MOVES: Final = {
    "山东": "华东",
    "江西": "华南",
    "湖南": "西南",
}  # province → region from that day on

# province|region until the re-organisation|seats|strength|growth per mille a year|cities
_TABLE: Final = """
上海|华东|4|112|90|上海
江苏|华东|5|118|140|苏州,无锡,南京,常州,南通
浙江|华东|5|104|150|杭州,宁波,嘉兴,台州,绍兴
安徽|华东|3|78|210|合肥,芜湖,滁州
江西|华东|1|66|120|南昌,赣州
广东|华南|6|116|130|深圳,东莞,佛山,广州,惠州
福建|华南|2|82|100|厦门,泉州,福州
湖北|华南|3|84|160|武汉,襄阳,宜昌
湖南|华南|2|76|130|长沙,株洲,衡阳
广西|华南|1|58|80|柳州,南宁
北京|华北|4|102|60|北京
天津|华北|2|80|30|天津
河北|华北|2|72|50|唐山,石家庄,保定
山东|华北|5|96|110|青岛,济南,烟台,潍坊
河南|华北|2|74|120|郑州,洛阳
辽宁|华北|2|64|-60|沈阳,大连
四川|西南|4|88|240|成都,绵阳,德阳
重庆|西南|2|90|200|重庆
陕西|西南|2|78|180|西安,宝鸡
云南|西南|1|56|140|昆明,曲靖
贵州|西南|1|54|190|贵阳,遵义
"""


@dataclass(frozen=True, slots=True)
class Province:
    """One province: its region before the re-organisation, its seats and how it sells."""

    name: str
    first_region: str
    seats: int
    strength: int
    growth: int
    cities: tuple[str, ...]

    @property
    def last_region(self) -> str:
        """Its region from the re-organisation on."""
        return MOVES.get(self.name, self.first_region)

    def region_on(self, day: date) -> str:
        """Its region on a day."""
        return self.first_region if day < REORGANISED else self.last_region


def _read(row: str) -> Province:
    name, region, seats, strength, growth, cities = row.split("|")
    return Province(name, region, int(seats), int(strength), int(growth), tuple(cities.split(",")))


PROVINCES: Final = tuple(map(_read, _TABLE.split()))
