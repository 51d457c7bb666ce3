"""Sentences of the plan file: its grammar, its definition, its chain, and where it is kept."""

from __future__ import annotations

SENTENCES: dict[str, tuple[str, str]] = {
    "planfile.line_unreadable": (
        "「{subject}」看不懂。每条以动词开头顶格写；下面缩进的行写成「选项: 值」或「- 对象」。",
        "“{subject}” cannot be read. A verb begins an edit at the margin; the indented lines under "
        "it are “option: value” or “- thing”.",
    ),
    "planfile.verb_unknown": (
        "没有动词「{subject}」。最接近的是：{nearest}。",
        "There is no verb “{subject}”. The nearest are: {nearest}.",
    ),
    "planfile.option_unknown": (
        "这里没有选项「{subject}」。可用的有：{known}。",
        "There is no option “{subject}” here. There are: {known}.",
    ),
    "planfile.option_twice": (
        "选项「{option}」写了两次。请只留一行。",
        "The option “{option}” stands twice. Leave one line of it.",
    ),
    "planfile.option_missing": (
        "「{subject}」缺少选项「{option}」。请在下面加一行「{option}: …」。",
        "“{subject}” lacks its option “{option}”. Add a line “{option}: …” under it.",
    ),
    "planfile.nothing_named": (
        "「{subject}」后面没有写对象。请写明范围或成员，整个计划写 *。",
        "“{subject}” is about nothing. Name a slice or a member; the whole plan is *.",
    ),
    "planfile.one_thing": (
        "这个动词只能带一个对象，「{subject}」是多出来的。请另起一条。",
        "This verb takes one thing; “{subject}” is one more. Write an edit of its own for it.",
    ),
    "planfile.quote_open": (
        "「{subject}」里有一个引号没有配对。名称里的引号要写两次，外面再加一对引号。",
        "A quote in “{subject}” is not closed. Double a quote inside a name, and quote the name.",
    ),
    "planfile.name_unreadable": (
        "「{subject}」不是一个名称。名称不能为空；"
        "含有 : > / = & | < , 或引号的名称要放在双引号里。",
        "“{subject}” is no name. A name is not empty, and stands in double quotes where it holds "
        "one of : > / = & | < , or a quote.",
    ),
    "planfile.name_unwritable": (
        "名称 {subject} 不能写进计划文件：它是空的，或含有换行等控制字符。请先改名。",
        "The name {subject} cannot stand in a plan file: it is empty, or holds a line end or "
        "another control sign. Rename it first.",
    ),
    "planfile.named_twice": (
        "范围里「{subject}」与前面的重复：每个轴、期间、指标只能写一次。",
        "“{subject}” repeats a part of its slice: an axis, the period and the measure stand once.",
    ),
    "planfile.part_unreadable": (
        "「{subject}」看不懂。范围由 轴=成员、期间、指标/数据层 组成，用 & 连接。",
        "“{subject}” cannot be read. A slice is axis=member, a period, and measure/layer, with & "
        "between.",
    ),
    "planfile.measure_unknown": (
        "范围里的指标「{subject}」不在计划里，不知道金额的单位。"
        "请写成 指标/数据层，指标有：{measures}。",
        "The slice names the measure “{subject}”, which the plan does not have, so its amount has "
        "no unit. Write measure/layer; the measures are: {measures}.",
    ),
    "planfile.amount_unreadable": (
        "「{subject}」不是金额。请写 350000、35万 或 1234.50。",
        "“{subject}” is no amount. Write 350000, 0.35 or 1234.50.",
    ),
    "planfile.amount_missing": (
        "「{subject}」后面缺少金额。请写成「范围: 金额」。",
        "“{subject}” lacks its amount. Write “slice: amount”.",
    ),
    "planfile.one_amount": (
        "「{subject}」是多出来的：一个范围只写一个冒号和一个金额。",
        "“{subject}” is one too many: a slice has one colon and one amount.",
    ),
    "planfile.currency_written": (
        "「{subject}」带了币种。计划只有一种币种，金额请只写数字，可加万、亿。",
        "“{subject}” names a currency. A plan has one; write the number alone.",
    ),
    "planfile.no_count": (
        "「{subject}」不是整数。指标「{measure}」按个数计，请写整数。",
        "“{subject}” is no whole number. The measure “{measure}” counts pieces.",
    ),
    "planfile.bound_unreadable": (
        "「{subject}」不是上下限。请写 >= 300000、<= 500000，或两者用 & 连接，各写一次。",
        "“{subject}” is no bound. Write >= 300000, <= 500000, or both with & between, each once.",
    ),
    "planfile.rate_unreadable": (
        "「{subject}」不是百分比。请写 +10% 或 -5%。",
        "“{subject}” is no rate. Write +10% or -5%.",
    ),
    "planfile.rate_missing": (
        "「{subject}」缺少百分比。请写成「范围: +10%」。",
        "“{subject}” lacks its rate. Write “slice: +10%”.",
    ),
    "planfile.number_unreadable": (
        "「{subject}」不是数。请写 15、0.15 或 1/3。",
        "“{subject}” is no number. Write 15, 0.15 or 1/3.",
    ),
    "planfile.count_unreadable": (
        "「{subject}」不是从 0 起的整数。",
        "“{subject}” is no whole number from 0 on.",
    ),
    "planfile.day_unreadable": (
        "「{subject}」不是日期。请写成 2027-04-01。",
        "“{subject}” is no day. Write it as 2027-04-01.",
    ),
    "planfile.time_unreadable": (
        "「{subject}」不是世界时的时间。请写成 2027-04-01T08:00:00Z。",
        "“{subject}” is no time in UTC. Write it as 2027-04-01T08:00:00Z.",
    ),
    "planfile.word_unknown": (
        "这里不能写「{subject}」。可以写：{known}。",
        "“{subject}” does not fit here. One of these does: {known}.",
    ),
    "planfile.no_digest": (
        "「{subject}」不是摘要。摘要是 64 位十六进制数字，由程序写入；请从原处复制完整。",
        "“{subject}” is no digest. A digest has 64 hexadecimal signs; copy it whole.",
    ),
    "planfile.one_member": (
        "「{subject}」写了几个成员，这个动词只能带一个。",
        "“{subject}” names several members; this verb takes one.",
    ),
    "planfile.member_unreadable": (
        "「{subject}」看不懂。成员写成 轴=编号。",
        "“{subject}” cannot be read. Write a member as axis=id.",
    ),
    "planfile.share_unreadable": (
        "「{subject}」看不懂。拆分出的成员写成 编号 | 名称 | 权重。",
        "“{subject}” cannot be read. Write what a split makes as id | name | weight.",
    ),
    "planfile.clause_twice": (
        "「{subject}」在一个计划里只能有一处。请删去多出来的。",
        "“{subject}” stands once in a plan. Take the other out.",
    ),
    "planfile.name_twice": (
        "名称「{subject}」用了两次：指标、轴、数据层、参照各自不能重名。请改其中一个。",
        "The name “{subject}” is used twice: measures, axes, layers and references each bear their "
        "own. Change one of them.",
    ),
    "planfile.member_twice": (
        "编号「{member}」前面已经有了。每个成员的编号只能出现一次，请改正这一行。",
        "The id “{member}” was there before. A member's id stands once; mend this line.",
    ),
    "planfile.parent_unknown": (
        "上级「{parent}」不在这个轴里。请补上这个成员，或改正上级。",
        "The parent “{parent}” is not on this axis. Add that member, or mend the parent.",
    ),
    "planfile.circle": (
        "「{subject}」绕了一圈又成了自己的上级。请改正其中一个上级。",
        "“{subject}” comes to stand above itself. Mend one of the parents.",
    ),
    "planfile.member_line_unreadable": (
        "「{subject}」看不懂。成员一行写成 编号 | 上级 | 名称，"
        "后面可加 from=日期、until=日期、part=own。",
        "“{subject}” cannot be read. A member's line is id | parent | name, and then from=day, "
        "until=day or part=own where needed.",
    ),
    "planfile.unit_unreadable": (
        "「{subject}」的单位不对。金额的单位写成元（1、0.01、10000），其他指标写正整数。",
        "The unit of “{subject}” is wrong. Of money it stands in the currency (1, 0.01, 10000), of "
        "other measures it is a whole number above 0.",
    ),
    "planfile.level_rate_unreadable": (
        "「{subject}」应写成 层级=比例，如 大区=5%。",
        "“{subject}” must be a level and a rate, such as region=5%.",
    ),
    "planfile.grammar_unknown": (
        "这份文件用的是第 {subject} 版语法，本版程序认识第 {known} 版。请升级程序。",
        "The file uses version {subject} of the grammar; this house reads version {known}. "
        "Upgrade it.",
    ),
    "planfile.record_unreadable": (
        "「{subject}」处不是一条完整的记录。记录由 edit、一条修改和 proof 组成。",
        "At “{subject}” there is no whole record: an edit line, one edit, and its proof.",
    ),
    "planfile.record_changed": (
        "第 {subject} 条记录在封存后被改动过，或不完整。请从备份或 git 历史恢复日志文件。",
        "Record {subject} was changed after it was sealed, or is not whole. Restore the journal "
        "from a backup or from git.",
    ),
    "planfile.record_unlinked": (
        "第 {subject} 条记录接不上前一条：有记录被插入、删除或调换。"
        "请从备份或 git 历史恢复日志文件。",
        "Record {subject} does not follow the one before: records were put in, taken out or "
        "swapped. Restore the journal from a backup or from git.",
    ),
    "planfile.record_missing": (
        "日志里找不到第 {subject} 条记录，后面的却在。请从备份或 git 历史恢复日志文件。",
        "Record {subject} is not in the journal, though later ones are. Restore the journal from a "
        "backup or from git.",
    ),
    "planfile.chain_cut": (
        "日志只有 {subject} 条记录，先前导出的封印在第 {expected} 条：末尾被截掉了。请从备份恢复。",
        "The journal has {subject} records, and the exported seal is of record {expected}: its end "
        "was cut off. Restore it from a backup.",
    ),
    "planfile.chain_rewritten": (
        "第 {subject} 条记录的封印与先前导出的不同：日志被整体重写过。请从备份恢复。",
        "The seal of record {subject} is not the one that was exported: the journal was written "
        "anew. Restore it from a backup.",
    ),
    "planfile.cells_missing": (
        "找不到摘要为 {subject} 的单元格文件。请从备份恢复 cells 文件夹。",
        "The cells of the digest {subject} are missing. Restore the folder cells from a backup.",
    ),
    "planfile.cells_changed": (
        "摘要为 {subject} 的单元格文件内容被改动过。请从备份恢复 cells 文件夹。",
        "The cells of the digest {subject} were changed. Restore the folder cells from a backup.",
    ),
    "planfile.cells_unreadable": (
        "这不是单元格文件，或已损坏。请从备份恢复，或删去 checkpoints 里的缓存后再试。",
        "This is no file of cells, or a broken one. Restore it from a backup; a checkpoint may "
        "simply be deleted.",
    ),
    "planfile.figures_differ": (
        "计划「{subject}」的初始数据与它的定义对不上（轴、成员、指标、数据层或参照不同）。"
        "请从备份恢复，或用原来的文件重新新建计划。",
        "The first figures of the plan “{subject}” do not fit its definition: axes, members, "
        "measures, layers or references differ. Restore it from a backup, or make the plan anew.",
    ),
    "planfile.text_changed": (
        "摘要为 {subject} 的说明文字被改动过。请从备份恢复 texts 文件夹。",
        "The text of the digest {subject} was changed. Restore the folder texts from a backup.",
    ),
    "planfile.no_plan": (
        "「{subject}」不是计划文件夹：里面没有定义和日志。请检查路径，或先新建计划。",
        "“{subject}” is no plan's folder: it has no definition and journal. Look at the path, or "
        "make a plan first.",
    ),
    "planfile.plan_exists": (
        "「{subject}」已经存在，没有改动它。请换一个名称。",
        "“{subject}” exists already and was left as it is. Choose another name.",
    ),
    "planfile.overtaken": (
        "写入时计划已到第 {position} 条修改（您看到的是第 {expected} 条）："
        "别人先写了一步，本次没有写入。请刷新后重试。",
        "The plan had come to edit {position} when you wrote (you saw {expected}): someone was "
        "faster. Nothing was written; refresh and try again.",
    ),
}
