"""Findings of the workbench."""

from __future__ import annotations

SENTENCES: dict[str, tuple[str, str]] = {
    "edit.kept_elsewhere": (
        "这次修改会碰到您范围之外的锁定、上下限或合计，没有写入。请缩小修改范围，或联系上级。",
        "This edit meets a hold, a bound or a total that reaches beyond your scope; nothing was "
        "written. Change less, or ask your manager.",
    ),
    "edit.no_such_edit": (
        "没有编号为 {subject} 的修改。请从历史里选择一次修改。",
        "There is no edit {subject}. Choose one from the history.",
    ),
    "edit.nothing_to_redo": (
        "没有可以重做的操作：撤销之后您又修改过，或者没有撤销过。",
        "There is nothing to redo: you have edited since, or nothing was taken back.",
    ),
    "edit.node_unclear": (
        "“{subject}”在“{axis}”里对应不到唯一的成员，不能直接修改。请按完整的层级排列行再试。",
        "{subject} is not exactly one member of {axis}. Arrange the rows by all its levels and try "
        "again.",
    ),
}
