"""Findings of the workbench."""

from __future__ import annotations

SENTENCES: dict[str, tuple[str, str]] = {
    "edit.kept_elsewhere": (
        "这次修改会碰到您范围之外的锁定、上下限或合计，没有写入。请缩小修改范围，或联系上级。",
        "This edit meets a hold, a bound or a total that reaches beyond your scope; nothing was "
        "written. Change less, or ask your manager.",
    ),
    "layers.lacks_weights": (
        "请至少给一层写上权重，例如下达 60、上报 40；权重不能小于 0。",
        "Give at least one layer a weight, such as 60 for issued and 40 for submitted; none is "
        "below 0.",
    ),
    "layers.empty": (
        "“{subject}”这一层在这里还没有数，会被当成 0。请先填上，或不要用它。",
        "The layer {subject} holds no figure here yet and would count as 0. Fill it first, or "
        "leave it out.",
    ),
    "layers.uneven": (
        "“{subject}”这一层在{nodes}（{first} 至 {last}）有 {cells} 格还没有数，别的层却有；"
        "没有数不等于 0，没有写入。请先填上，或只选各层都有数的范围。",
        "The layer {subject} holds no figure yet in {cells} cells of {nodes} ({first} to {last}), "
        "where another does. None is not 0, so nothing was written: fill them first, or choose a "
        "place where every layer holds figures.",
    ),
    "layers.lacks_along": (
        "请至少选一项：哪些合计要与那一层一致。",
        "Choose at least one: which totals are to agree with that layer.",
    ),
    "edit.not_merged": (
        "这两次修改没有办法都保留。请选择用您的或用对方的。",
        "Nothing of both edits can be kept. Choose yours or theirs.",
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
    "edit.growth_passed": (
        "{count} 个明细的全年数字超过了分解时定的增长上限 {limit}，仍可写入。请确认是否合适。",
        "{count} leaves now grow by more than the {limit} that the plan was decomposed with. They "
        "can be written; make sure that is meant.",
    ),
    "paste.empty": (
        "剪贴板里没有数字，没有写入。请先在表格软件里复制一块数字。",
        "There is no figure in what you pasted, so nothing was written. Copy a block of figures "
        "first.",
    ),
    "paste.too_large": (
        "粘贴的内容有 {rows} 行 {columns} 列，从选中的格子起只放得下 {has_rows} 行 {has_columns} 列"
        "（一次最多 {most} 格），没有写入。请选左上角的格子、展开要写的行，或少复制一些。",
        "What you pasted has {rows} rows and {columns} columns; from the selected figure on only "
        "{has_rows} and {has_columns} fit ({most} cells at most at once). Nothing was written: "
        "select the top left figure, open the rows you mean, or copy less.",
    ),
    "paste.unit_unclear": (
        "粘贴的合计与现有数字相差千倍以上，请先选单位。",
        "The pasted total is a thousand times away from what is there: say its unit first.",
    ),
    "paste.sum_differs": (
        "合计 {total} 元不等于粘贴内容里它的各部分之和 {expected} 元。"
        "请改正其中之一，或只粘贴明细。",
        "The total of {total} CNY is not the {expected} CNY that its parts in the block add up to. "
        "Correct one of them, or paste the parts alone.",
    ),
    "paste.one_at_a_time": (
        "“保持上级合计”和自行填数的方法一次只能用于一个数字。请取消它们再粘贴，或逐个输入。",
        "Keeping the total above, and methods that fill by themselves, take one figure at a time. "
        "Switch them off and paste again, or type the figures one by one.",
    ),
    "paste.left_out": (
        "{cells} 个数字落在只读的列（同比、占比、去年等），没有写入。",
        "{cells} figures lie on columns that are only read (growth, share, last year) and were "
        "left out.",
    ),
    "paste.rounded": (
        "{cells} 个数字不是取整单位的整数倍，已四舍五入。",
        "{cells} figures were no multiple of the plan's unit and were rounded.",
    ),
    "paste.more_wrong": (
        "还有 {count} 个数字同样有问题。",
        "{count} more figures are wrong in the same way.",
    ),
    "method.lacks_weights": (
        "这种分摊方式需要权重，例如 15, 20, 30, 35 或 4-4-5。请填好再试。",
        "This way of spreading needs weights, such as 15, 20, 30, 35 or 4-4-5.",
    ),
    "restructure.unknown_verb": ("请选择要做的变动。", "Choose what happens to the member."),
    "restructure.whole": (
        "请先选中一行成员；合计行下只能新增成员。",
        "Select the row of a member first; the whole can only get new members below it.",
    ),
    "restructure.lacks_code": ("请填新成员的编号。", "Give the new member a code."),
    "restructure.lacks_name": ("请填新的名称。", "Give the new name."),
    "restructure.lacks_other": ("请填另一个成员。", "Name the other member."),
    "restructure.lacks_part": ("请选择单列哪一行。", "Choose which line it is."),
    "restructure.lacks_parts": (
        "至少拆成两个，每行一个：编号 | 名称 | 权重。",
        "Split it into two at least, one on each line: code | name | weight.",
    ),
    "restructure.lacks_day": ("请填从哪天起。", "Say from which day on."),
    "restructure.too_many": (
        "一次最多 {limit} 个，这里有 {count} 个。请分几次做。",
        "At most {limit} at once; here are {count}. Do it in several steps.",
    ),
    "restructure.too_long": (
        "「{subject}…」太长，最多 {limit} 个字。请缩短再试。",
        "“{subject}…” is too long: at most {limit} signs. Shorten it and try again.",
    ),
    "restructure.part_unreadable": (
        "「{subject}」读不出来。每行写成 编号 | 名称 | 权重，如 S-71 | 上海一部 | 60。",
        "“{subject}” cannot be read. Write code | name | weight on each line, such as "
        "S-71 | Shanghai 1 | 60.",
    ),
    "bound.no_end": (
        "请填最低、最高中的一个。",
        "Give a lowest or a highest figure.",
    ),
    "hold.ends_in_past": (
        "锁定到 {subject} 为止（不含当天）已经没有意义。请选明天以后的日期，或留空表示一直锁定。",
        "A hold until {subject} (exclusive) ends before it begins. Choose a later day, or leave it "
        "blank for a hold without an end.",
    ),
    "method.lacks_rate": (
        "这种分摊方式需要每期的增长率，例如 +2%。请填好再试。",
        "This way of spreading needs a rate for each period, such as +2%.",
    ),
    "method.lacks_slice": (
        "请写明照着哪里分摊，例如 大区=华北 & 2027Q1。",
        "Say which figures to follow, such as region=EAST & 2027Q1.",
    ),
}
