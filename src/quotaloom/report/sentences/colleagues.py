"""Findings of comments."""

from __future__ import annotations

SENTENCES: dict[str, tuple[str, str]] = {
    "comment.length": (
        "评论有 {subject} 个字，应为 1 到 {most} 个字。",
        "The comment has {subject} characters; write 1 to {most}.",
    ),
}
