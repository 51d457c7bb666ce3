"""The bytes of a text file as UTF-8, whatever a Chinese office wrote them in."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error, info
from quotaloom.warehouse.intake.raw_table import MAX_SHOWN

if TYPE_CHECKING:
    from collections.abc import Iterable

    from quotaloom.core.model.findings import Finding

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
LEGACY = ("gb18030", "big5")
PIECE = 1 << 20  # bytes
SAMPLE = 100_000  # characters that the choice between the two looks at
PLAUSIBLE = 0.8  # share of everyday hanzi below which a reading is not believed
HANZI = re.compile("[\u4e00-\u9fff\ue000-\uf8ff]")
CHINESE = re.compile("[\u4e00-\u9fff].*[\u4e00-\u9fff]", re.DOTALL)
COMMON = frozenset(
    "日期年月时间地区大区省市县城东西南北中华金额收入销售业绩订单合同客户产品线名称编号代码部门人员经理负责"
    "行业渠道数量单价总计元万亿公司有限股份集团科技服务备注类型状态目标指标完成实际"
    "時間區縣東華額銷業績訂單客戶產線稱編號碼門員經負責渠數價總計億團備註類態標際實國廣臺灣"
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """UTF-8 without a byte order mark, and what the bytes were before."""

    utf8: bytes
    encoding: str
    findings: list[Finding] = field(default_factory=list)


def decode(data: bytes, file: str, asked: str | None = None) -> Decoded:
    """``data`` as UTF-8. Raises DataRefused where lines or bytes contradict the encoding."""
    for mark, name in BOMS:
        if data.startswith(mark):
            return _decoded(data[len(mark) :], name, file)
    if asked is not None:
        return _decoded(data, asked, file)
    if (wide := utf16_without_mark(data)) is not None:
        return _decoded(data, wide, file)
    failure = _utf8_failure(data)
    return Decoded(data, "utf-8") if failure is None else _legacy(data, file, failure)


def _utf8_failure(data: bytes) -> UnicodeDecodeError | None:
    """Where the bytes are no UTF-8. Pieces are tried first: the whole would be held twice."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for start in range(0, len(data), PIECE):
            decoder.decode(data[start : start + PIECE])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return _failure(data)
    return None


def _failure(data: bytes) -> UnicodeDecodeError | None:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as failure:
        return failure
    return None


def _decoded(data: bytes, name: str, file: str) -> Decoded:
    try:
        codec = codecs.lookup(name)
        text = data.decode(codec.name)
    except LookupError:
        raise DataRefused([error("intake.encoding_unheard_of", name, file=file)]) from None
    except UnicodeDecodeError as failure:
        raise DataRefused([_broken(data, file, codec.name, failure.start)]) from None
    utf8 = data if codec.name == "utf-8" else text.encode("utf-8", "replace")
    found = [] if codec.name == "utf-8" else [_taken(file, codec.name)]
    return Decoded(utf8, codec.name, found)


def _taken(file: str, name: str) -> Finding:
    return info("intake.encoding_taken", name.upper(), file=file)


def _broken(data: bytes, file: str, name: str, start: int) -> Finding:
    line = data.count(b"\n", 0, start) + 1
    shown = data[start : start + 4].hex(" ")
    return error("intake.encoding_broken", name, file=file, row=line, byte=start + 1, value=shown)


def utf16_without_mark(data: bytes) -> str | None:
    """The UTF-16 that shows as NUL bytes all on one side of the pairs, None for other bytes."""
    head = data[:4096]
    even, odd = head[::2].count(0), head[1::2].count(0)
    if len(data) % 2 or max(even, odd) < max(1, len(head) // 40):
        return None
    if even and odd:
        return None
    return "utf-16-be" if even else "utf-16-le"


def _legacy(data: bytes, file: str, failure: UnicodeDecodeError) -> Decoded:
    cut = failure.start >= len(data) - 3 and not data[: failure.start].isascii()
    if cut and "unexpected end" in failure.reason:
        line = data.count(b"\n") + 1
        raise DataRefused([error("intake.text_cut", file=file, row=line, byte=failure.start + 1)])
    if mixed := _mixed(data, file):
        raise DataRefused(mixed)
    texts = {name: text for name in LEGACY if (text := _try(data, name)) is not None}
    if not texts:
        raise DataRefused([_broken(data, file, "utf-8", failure.start)])
    gb, big5 = (_plausibility(texts.get(name, "")) for name in LEGACY)
    if gb[0] >= PLAUSIBLE and gb >= big5:
        return Decoded(texts["gb18030"].encode(), "gb18030", [_taken(file, "gb18030")])
    looks = {name: " ".join(text[:60].split())[:40] for name, text in texts.items()}
    shown = {name: looks.get(name, "—") for name in LEGACY}
    raise DataRefused([error("intake.encoding_ambiguous", "", file=file, **shown)])


def _try(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except UnicodeDecodeError:
        return None


def _plausibility(text: str) -> tuple[float, float]:
    """The share of everyday characters among the hanzi of a text, and of words of business."""
    hanzi = Counter(HANZI.findall(text[:SAMPLE]))
    total = sum(hanzi.values())
    if not total:
        return 0.0, 0.0
    everyday = sum(count for char, count in hanzi.items() if char in _everyday())
    common = sum(count for char, count in hanzi.items() if char in COMMON)
    return round(everyday / total, 1), common / total


@cache
def _everyday() -> frozenset[str]:
    """The hanzi of GB 2312 and of level 1 of Big5: what offices on either side write."""
    simplified = _pairs("gb2312", range(0xB0, 0xF8), range(0xA1, 0xFF))
    traditional = _pairs("big5", range(0xA4, 0xC7), (*range(0x40, 0x7F), *range(0xA1, 0xFF)))
    return frozenset(simplified + traditional)


def _pairs(name: str, leads: Iterable[int], trails: Iterable[int]) -> str:
    return b"".join(bytes((lead, trail)) for lead in leads for trail in trails).decode(
        name, "ignore"
    )


def _mixed(data: bytes, file: str) -> list[Finding]:
    """Findings for the lines that are in the rarer of two encodings, none where all agree."""
    lines = data.split(b"\n")
    starts = accumulate((len(line) + 1 for line in lines), initial=0)
    kinds = [_kind_of_line(line) for line in lines]
    places = list(zip(kinds, enumerate(starts, 1), strict=False))
    utf8 = [place for kind, place in places if kind is True]
    other = [place for kind, place in places if kind is False]
    if not utf8 or not other:
        return []
    few = len(other) <= len(utf8)
    rare, name, usual = (other, "GB18030", "UTF-8") if few else (utf8, "UTF-8", "GB18030")
    found = [
        error("intake.encoding_mixed", name, file=file, row=line, byte=byte + 1, usual=usual)
        for line, byte in rare[:MAX_SHOWN]
    ]
    rest = len(rare) - MAX_SHOWN
    code = "intake.encoding_mixed"
    return found + ([error("intake.more", code, file=file, count=rest)] if rest > 0 else [])


def _kind_of_line(line: bytes) -> bool | None:
    """True for Chinese in UTF-8, False for bytes that are none, None for a line of either."""
    if line.isascii():
        return None
    text = _try(line, "utf-8")
    if text is None:
        return False
    return True if CHINESE.search(text) else None
