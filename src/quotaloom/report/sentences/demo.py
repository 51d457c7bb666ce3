"""Sentences about the demo company."""

from __future__ import annotations

SENTENCES: dict[str, tuple[str, str]] = {
    "demo.out_of_range": (
        (
            "演示公司的种子必须不小于零（现为 {seed}），"
            "截止日须在 {first} 至 {last} 之间（现为 {through}）。"
        ),
        (
            "The demo company needs a seed >= 0 (here {seed}) and a last day from {first} to "
            "{last} (here {through})."
        ),
    ),
}
