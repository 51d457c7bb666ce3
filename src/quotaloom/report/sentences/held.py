"""What holds and bounds keep, and the edits that they refuse."""

from __future__ import annotations

SENTENCES = {
    "edit.hold_moved": (
        "修改会动到已锁定的数：{subject}。因此没有执行。请先解除锁定，或绕开它。",
        "The edit would move what is held: {subject}. Nothing was done. Release the hold, or "
        "leave those cells out.",
    ),
    "edit.bound_broken": (
        "修改后合计为 {total}，超出上下限：{subject}。因此没有执行。请改金额，或取消这个上下限。",
        "The total would be {total}, outside the bound: {subject}. Nothing was done. Change the "
        "amount or release the bound.",
    ),
    "edit.held_here": (
        "这里有 {count} 处锁定：{subject}。锁定的格子不会变。请先解除其中一处，或换一个金额。",
        "{count} holds lie here: {subject}. What is held does not move. Release one of them, or "
        "type another amount.",
    ),
    "edit.held_money": (
        "{where} 共 {total} 元（{subject}，锁定人：{owner}，原因：{reason}）",
        "{where}, {total} CNY in all ({subject}, held by {owner}, reason: {reason})",
    ),
    "edit.held_count": (
        "{where} 共 {total}（{subject}，锁定人：{owner}，原因：{reason}）",
        "{where}, {total} in all ({subject}, held by {owner}, reason: {reason})",
    ),
    "edit.bounded_money": (
        "{where} 应在 {low} 与 {high} 元之间（{subject}，设定人：{owner}，原因：{reason}）",
        "{where} between {low} and {high} CNY ({subject}, set by {owner}, reason: {reason})",
    ),
    "edit.bounded_count": (
        "{where} 应在 {low} 与 {high} 之间（{subject}，设定人：{owner}，原因：{reason}）",
        "{where} between {low} and {high} ({subject}, set by {owner}, reason: {reason})",
    ),
    "edit.move_breaks_hold": (
        "移动“{subject}”会改变已锁定的合计：{holds}。请先解除锁定。",
        "Moving {subject} would change held totals: {holds}. Release them first.",
    ),
    "edit.would_break": (
        "方法“{subject}”会破坏这些锁定或上下限：{holds}。请先解除，或换一种方法。",
        "The method {subject} would break these holds or bounds: {holds}. Release them, or use "
        "another method.",
    ),
    "edit.no_such_hold": (
        "没有找到 {subject} 对应的锁定或上下限，可能已被解除。",
        "There is no hold or bound {subject}; it may have been released already.",
    ),
}
