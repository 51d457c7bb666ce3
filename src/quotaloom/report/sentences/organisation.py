"""Sentences about changes of the organisation and about the lists it is read from."""

from __future__ import annotations

SENTENCES: dict[str, tuple[str, str]] = {
    "arrange.unnamed": (
        "{subject} 在 {span} 没有名称，请补上这段时间的名称。",
        "{subject} has no name in {span}; give it one for those days.",
    ),
    "arrange.empty_span": (
        "{subject} 有一行的有效期为空：{span}。失效日期须晚于生效日期。",
        "{subject} has a row without any day: {span}. It must end after it begins.",
    ),
    "arrange.outside_life": (
        "{subject} 的一行有效期 {span} 超出了它自己的存续期 {life}，请先调整启用或关闭日期。",
        "A row of {subject} holds in {span}, outside its own life {life}; change one of them.",
    ),
    "arrange.overlap": (
        (
            "{subject} 有两行在同一天有效：{first} 为“{one}”，{second} 为“{other}”。"
            "请选择：到下一次变动为止，或取消以后的变动。"
        ),
        (
            "Two rows of {subject} hold on one day: {first} says “{one}”, {second} says “{other}”. "
            "Let the change end where the next begins, or drop the later one."
        ),
    ),
    "arrange.no_seat": (
        "{subject} 不是岗位，不能任职。请选择一个岗位。",
        "{subject} is no seat and cannot be held; choose a seat.",
    ),
    "arrange.unknown_parent": (
        "{subject} 的上级“{parent}”不存在，请先新设它，或更正编码。",
        "The parent “{parent}” of {subject} does not exist; open it first, or correct the code.",
    ),
    "arrange.parent_no_unit": (
        "{subject} 的上级 {parent} 不是单位，下面不能再挂成员。请选择一个单位。",
        "{parent} cannot hold {subject}: it is no unit. Choose a unit.",
    ),
    "arrange.orphan": (
        "{subject} 的上级 {parent} 在 {span} 不在“{tree}”这棵树上。请改期，或先安置上级。",
        "{parent}, the parent of {subject}, is not in the tree “{tree}” in {span}; choose other "
        "days, or place the parent first.",
    ),
    "arrange.circle": (
        "自 {day} 起会形成循环：{path}。请另选上级。",
        "From {day} on there would be a circle: {path}. Choose another parent.",
    ),
    "arrange.seat_over_full": (
        "{subject} 自 {day} 起任职比例合计 {total}，超过 100%。请先让现任离岗或调低比例。",
        "The shares of {subject} add up to {total} from {day} on, over 100%; let somebody leave "
        "or lower a share first.",
    ),
    "arrange.person_over_full": (
        "{subject} 自 {day} 起在各岗位的任职比例合计 {total}，超过 100%，请确认。",
        "The shares of {subject} on all seats add up to {total} from {day} on, over 100%; please "
        "confirm.",
    ),
    "arrange.nothing": (
        "从 {subject} 起没有任何变化，请检查所填内容。",
        "Nothing would change from {subject} on; check what you entered.",
    ),
    "arrange.vacant": (
        "{subject} 在 {span} 待招，指标仍留在岗位上。",
        "{subject} is vacant in {span}; its quota stays with the seat.",
    ),
    "arrange.not_open": (
        "{subject} 在 {day} 未启用或已关闭，请选择它存续期内的日期。",
        "{subject} is not open on {day}; choose a day within its life.",
    ),
    "arrange.closes_too_early": (
        "{subject} 在 {opened} 才启用，关闭日期须晚于这一天。",
        "{subject} opens on {opened}; it can only close after that day.",
    ),
    "arrange.code_taken": (
        "编码 {subject} 已被使用。编码永不改变、也不重复，请换一个。",
        "The code {subject} is used already; codes never change and are used once. Choose another.",
    ),
    "arrange.children_open": (
        "{subject} 下面还有 {count} 个未关闭的成员：{names}。请先移走或关闭它们，或改用“合并”。",
        "{subject} still holds {count} open members: {names}. Move or close them first, or merge "
        "it into another.",
    ),
    "arrange.split_in_one": (
        "拆分 {subject} 至少要有两个部分。",
        "{subject} must be split into two parts at least.",
    ),
    "arrange.child_unassigned": (
        "{subject} 还没有指定归入哪个部分，请为它选择一个。",
        "{subject} has not been given to a part; choose one for it.",
    ),
    "arrange.merge_alone": (
        "合并到 {subject} 需要至少一个其他成员。",
        "Merging into {subject} needs at least one other member.",
    ),
    "arrange.kinds_differ": (
        "{subject} 与 {into} 不是同一类，不能合并。",
        "{subject} and {into} are of different kinds and cannot be merged.",
    ),
    "arrange.share_out_of_range": (
        "任职比例 {subject} 须大于 0 且不超过 100%。",
        "A share must be above 0 and at most 100%; it is {subject}.",
    ),
    "arrange.not_on_seat": (
        "{subject} 在 {day} 并不在 {seat} 任职。",
        "{subject} does not hold {seat} on {day}.",
    ),
    "arrange.seen_otherwise": (
        "预览之后，有人改动了相关内容。请核对新的预览（自 {subject} 起）后再确认。",
        "Somebody changed the same rows after your preview. Check the new preview (from {subject} "
        "on) and confirm again.",
    ),
    "inspect.namesakes": (
        "有 {count} 位“{subject}”，其中 {without} 位没有工号，无法区分。请为他们补上工号。",
        "{count} people are called “{subject}”, {without} of them without a staff number; give "
        "them one, so that they can be told apart.",
    ),
    "inspect.leaf_missing": (
        "“{subject}”里缺 {count} 个末级成员，汇总会偏小：{names}。请用“调整上级”或导入把它们挂上。",
        "“{subject}” lacks {count} leaves, so its sums fall short: {names}. Move them into it or "
        "import a list.",
    ),
    "inspect.two_branches": (
        "{subject} 同时在几个大区任职：{branches}。请确认是兼任还是录入有误。",
        "{subject} holds seats in several branches: {branches}. Is that meant, or a mistake?",
    ),
    "inspect.vacant": (
        "{subject} 有 {count} 个岗位待招：{names}。",
        "{count} seats are vacant on {subject}: {names}.",
    ),
    "inspect.empty_unit": (
        "{subject} 有 {count} 个单位下面没有任何成员：{names}。",
        "{count} units hold nobody on {subject}: {names}.",
    ),
}
