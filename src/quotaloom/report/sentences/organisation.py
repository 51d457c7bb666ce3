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
            "{subject} 有两行在同一天有效：{first} 为「{one}」，{second} 为「{other}」。"
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
        "{subject} 的上级「{parent}」不存在，请先新设它，或更正编码。",
        "The parent “{parent}” of {subject} does not exist; open it first, or correct the code.",
    ),
    "arrange.parent_no_unit": (
        "{subject} 的上级 {parent} 不是单位，下面不能再挂成员。请选择一个单位。",
        "{parent} cannot hold {subject}: it is no unit. Choose a unit.",
    ),
    "arrange.orphan": (
        "{subject} 的上级 {parent} 在 {span} 不在「{tree}」这棵树上。请改期，或先安置上级。",
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
        "{subject} 下面还有 {count} 个未关闭的成员：{names}。请先移走或关闭它们，或改用「合并」。",
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
        "有 {count} 位「{subject}」，其中 {without} 位没有工号，无法区分。请为他们补上工号。",
        "{count} people are called “{subject}”, {without} of them without a staff number; give "
        "them one, so that they can be told apart.",
    ),
    "inspect.leaf_missing": (
        "「{subject}」里缺 {count} 个末级成员，汇总会偏小：{names}。"
        "请用「调整上级」或导入把它们挂上。",
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
    "enlist.empty_span": (
        "失效日期 {value} 不晚于生效日期，请更正。",
        "the end {value} is not after the beginning; correct one of them.",
    ),
    "enlist.date_unreadable": (
        "「{value}」读不成日期，请写成 2027-01-01 的样子。",
        "“{value}” is no date; write it like 2027-01-01.",
    ),
    "enlist.share_unreadable": (
        "任职比例「{value}」须大于 0 且不超过 100%。",
        "the share “{value}” must be above 0 and at most 100%.",
    ),
    "enlist.code_unusable": (
        "编码「{value}」为空或超过 64 个字符，请补全。",
        "the code “{value}” is blank or longer than 64 signs; complete it.",
    ),
    "enlist.person_blank": (
        "没有姓名，请补上或删去这一行。",
        "no name; add it or drop the row.",
    ),
    "enlist.two_places": (
        "{person} 同时在几个部门：{places}。请在「读取方式」中选择「平分任职比例」"
        "或「只取第一个部门」，或在文件里只留一个。",
        "{person} is in several departments: {places}. Choose beside it to share equally "
        "or to take the first, or keep one in the file.",
    ),
    "enlist.second_place": (
        "工号 {value} 已在第 {first} 行的另一个部门出现。请填任职比例或起止日期，或只留一行。",
        "the staff number {value} stands in another unit on row {first} already; "
        "give shares or dates, or keep one row.",
    ),
    "enlist.no_place": (
        "{person} 没有部门，请补上。",
        "{person} has no department; add it.",
    ),
    "enlist.unknown_parent": (
        "上级「{value}」既不在文件里也不在系统里。相近的有：{nearest}。",
        "the parent “{value}” is neither in the file nor known. Nearest: {nearest}.",
    ),
    "enlist.circle": (
        "上级关系成环：{path}。请断开其中一处。",
        "the parents lead in a circle: {path}. Break it at one place.",
    ),
    "enlist.twice": (
        "「{value}」与第 {first} 行在同一天有效。请删去一行，或用起止日期分开。",
        "“{value}” holds on the same day as row {first}; drop one or part them by dates.",
    ),
    "enlist.namesakes": (
        "清单里有 {count} 位「{value}」，这一位没有工号，无法区分。请补上工号。",
        "{count} people in the list are called “{value}” and this one has no staff number; add it.",
    ),
    "enlist.name_unclear": (
        "系统里有 {count} 位「{value}」，请补上工号以便区分。",
        "{count} people are called “{value}”; add the staff number, so that the right "
        "one is meant.",
    ),
    "enlist.manager_unknown": (
        "直属上级「{value}」不在这份清单里，系统里也没有此人，请核对。",
        "the manager “{value}” is neither in this list nor known here; please check.",
    ),
    "enlist.too_long": (
        "超过 {most} 个字符，放不下。请缩短。",
        "It is longer than {most} signs and does not fit; shorten it.",
    ),
    "enlist.ended_before": (
        "它在清单的生效日期 {day} 之前就已结束，又没有开始日期。"
        "请补上开始日期，或选更早的生效日期。",
        "It ended before {day}, from when the list holds, and no day says when it began; give that "
        "day, or bring the list with an earlier one.",
    ),
    "enlist.not_open": (
        "它在 {day} 未启用或已关闭，名称和上级未作改动。",
        "It is not open on {day}; its name and parent were left alone.",
    ),
    "enlist.gone": (
        "{subject} 里有 {count} 行已离职、撤销或停用（第一处在第 {first} 行），没有读入。",
        "{count} rows of {subject} are of people or members that are gone (the first is row "
        "{first}) and were left out.",
    ),
    "enlist.absent": (
        "{subject} 已启用、但清单里没有的成员有 {count} 个，它们保持不变。要关闭请用「关闭」。",
        "{count} members that are open on {subject} are not in the list; they stay as they are. "
        "Close them one by one if you mean it.",
    ),
    "enlist.no_name_column": (
        "{file} 里找不到编码、名称或姓名列。现有列：{found}。请在「读取方式」中指明。",
        "{file} has no column of codes, names or people. Columns: {found}. Name them below.",
    ),
    "enlist.column_unclear": (
        "「{subject}」可以是这几列中的任何一列：{choices}。现用「{used}」，如不对请在「读取方式」中改选。",
        "“{subject}” could be any of {choices}. “{used}” is used; choose below if it is another.",
    ),
    "enlist.seen_otherwise": (
        "预览之后，组织有了变动。请核对新的预览（自 {subject} 起）后再导入。",
        "The organisation changed after your preview. Check the new one (from {subject} on), then "
        "import.",
    ),
    "retract.parent_changed": (
        "{subject} 的上级在导入之后又改过，不能整批撤销。请先把它改回，或逐个调整。",
        "The parent of {subject} was changed since, so the whole cannot be taken back. Put it back "
        "first, or change members one by one.",
    ),
    "retract.name_changed": (
        "{subject} 的名称或级别在导入之后又改过，不能整批撤销。请先把它改回，或逐个调整。",
        "The name or grade of {subject} was changed since, so the whole cannot be taken back. Put "
        "it back first, or change members one by one.",
    ),
    "retract.holder_changed": (
        "{person} 在 {subject} 的任职在导入之后又改过，不能整批撤销。请先把它改回，或逐个调整。",
        "How {person} holds {subject} was changed since, so the whole cannot be taken back. Put it "
        "back first, or change members one by one.",
    ),
    "retract.life_changed": (
        "{subject} 的启用或关闭日期在导入之后又改过，不能整批撤销。请逐个调整。",
        "When {subject} opens or closes was changed since, so the whole cannot be taken back. "
        "Change members one by one.",
    ),
    "retract.built_on": (
        "{member} 在导入之后挂到了 {subject} 下面，不能整批撤销。请先把它移走。",
        "{member} was put under {subject} since, so the whole cannot be taken back. Move it away "
        "first.",
    ),
    "retract.person_used": (
        "{subject} 在导入之后又到 {seat} 任职，不能整批撤销。请先取消这项任职。",
        "{subject} was put on {seat} since, so the whole cannot be taken back. End that first.",
    ),
    "retract.granted": (
        "账号 {account} 的权限范围指向 {subject}，不能整批撤销。请先结束这项授权。",
        "The account {account} holds a role on {subject}, so the whole cannot be taken back. End "
        "that role first.",
    ),
    "retract.has_account": (
        "{subject} 已经有登录账号 {account}，不能整批撤销。请先解除关联。",
        "{subject} signs in as {account} by now, so the whole cannot be taken back. Untie the "
        "account first.",
    ),
}
