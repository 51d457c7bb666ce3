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
        "编码 {subject} 已被“{holder}”使用，编码永不改变、也不重复，请换一个。",
        "The code {subject} belongs to “{holder}”; codes never change and are used once. Choose "
        "another.",
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
}
