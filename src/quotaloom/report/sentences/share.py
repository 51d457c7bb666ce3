"""What is said of market shares."""

from __future__ import annotations

from typing import Final

SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "rivals.unreadable": (
        "看不懂这个份额。请写成 24% 或 24。",
        "This share cannot be read. Write it like 24% or 24.",
    ),
    "rivals.unknown": (
        "文件里没有「{subject}」。最接近的是：{nearest}。请改 --own。",
        "The file does not name {subject}. The nearest: {nearest}. Change --own.",
    ),
    "rivals.too_much": (
        "「{subject}」里的份额合计 {sum}，超过 100%。请核对口径。",
        "The shares in {subject} are {sum} together, more than 100%. Check what they are shares "
        "of.",
    ),
}
