"""Made-up people and companies. No real one is meant; a likeness is chance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from quotaloom.cycle.demo_company.dice import Dice

_SURNAMES: Final = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡"
    "贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷"
)
_GIVEN: Final = """
志远 晓峰 建华 雪梅 文博 嘉怡 俊豪 海燕 永强 思琪 国栋 雅静 明辉 丽娟 子轩 春梅 振宇 佳慧 少华 秀兰
鹏程 梦洁 家豪 红霞 立新 若曦 浩然 玉洁 庆丰 晨曦 卫东 诗涵 维平 冬梅 泽宇 敏 磊 静 勇 婷 涛 颖 斌
倩 刚 琳 凯 洁 超 莉 伟杰 美玲 天佑 欣然 长江 慧敏 世杰 晓燕 一鸣 艳红 宏伟 紫萱 松涛 兰芳 启明 月华
德胜 安琪 耀东 巧云 学文 可欣 承志 凤英 润泽 雨桐 正阳 素珍 景行 书瑶
"""
_HOUSES: Final = "恒拓锐鼎晟瀚泓铭骏衡翊昱朗霖钰沛翰璟弘启嘉盛瑞丰凌越博卓源泰和信致辰曜诚"
_TRADES: Final = {
    "汽车零部件": "汽车零部件 车身部件 底盘系统 汽车电子",
    "电子制造": "电子 光电 精密电路 半导体材料",
    "装备机械": "精密机械 重工装备 数控机床 流体机械",
    "新能源": "新能源 储能科技 光伏材料 锂电材料",
    "化工": "化工 新材料 精细化学 涂料",
    "钢铁冶金": "特钢 金属材料 冶金 铝业",
    "食品饮料": "食品 乳业 饮品 调味品",
    "医药": "制药 生物医药 医疗器械 药业",
    "能源电力": "电力设备 能源 热电 输配电",
}
_FORMS: Final = (*["有限公司"] * 3, "股份有限公司", "科技有限公司", "制造有限公司", "集团有限公司")


def people(dice: Dice) -> Iterator[str]:
    """Names of people without end, each once."""
    given, taken = _GIVEN.split(), set[str]()
    while True:
        name = _one(dice, _SURNAMES) + _one(dice, given)
        if name not in taken:
            taken.add(name)
            yield name


def companies(dice: Dice) -> Callable[[str, str], str]:
    """A function from city and industry to a company name, never the same one twice."""
    taken: set[str] = set()

    def name(city: str, industry: str) -> str:
        while True:
            house = _one(dice, _HOUSES) + _one(dice, _HOUSES)
            trade = _one(dice, _TRADES[industry].split())
            full = city + house + trade + _one(dice, _FORMS)
            if house[0] != house[1] and full not in taken:
                taken.add(full)
                return full

    return name


def _one(dice: Dice, choices: Sequence[str]) -> str:
    return choices[int(dice.below(len(choices), 1)[0])]
