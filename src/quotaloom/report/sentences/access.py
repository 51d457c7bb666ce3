"""Sentences about accounts, roles and grants, and about the chain of the audit."""

from __future__ import annotations

SENTENCES: dict[str, tuple[str, str]] = {
    "verify.row_changed": (
        "审计记录第 {row} 条（{subject}）的内容与写入时不同：它被改过。",
        "Row {row} of the audit ({subject}) is not what was written: it has been changed.",
    ),
    "verify.row_missing": (
        "审计记录第 {row} 条（{subject}）不见了：它被删除或换了编号。",
        "Row {row} of the audit ({subject}) is missing: it was deleted or renumbered.",
    ),
    "verify.row_out_of_chain": (
        "审计记录第 {row} 条（{subject}）接不上前一条：它是插入或调换过的。",
        "Row {row} of the audit ({subject}) does not follow the one before: inserted or swapped.",
    ),
    "verify.row_not_as_exported": (
        "审计记录第 {row} 条（{subject}）与此前导出的链头不符：这一条或更早的记录被重写过。",
        "Row {row} of the audit ({subject}) is not the one of the exported head: it or an earlier "
        "row was rewritten.",
    ),
    "verify.tail_cut": (
        "审计记录从第 {row} 条（{subject}）起与链头不符：末尾的记录被截去或添加过。",
        "From row {row} ({subject}) on the audit does not match its head: rows at the end were cut "
        "off or added.",
    ),
    "admit.oneself": (
        "不能给自己授权或更改自己的授权（{subject}）。请另一位安全管理员来做。",
        "Nobody changes grants of her own ({subject}). Ask another security administrator.",
    ),
    "admit.administrations_apart": (
        "{subject} 会同时拥有系统、安全、审计管理中的两种（{first}、{second}）。"
        "三种管理必须由不同账号承担：请先结束其中一项授权，或换一个账号。",
        "{subject} would hold two of system, security and audit administration "
        "({first}, {second}). "
        "They belong to different accounts: end one of the grants first, or choose another.",
    ),
    "admit.ends_before_it_begins": (
        "结束日 {until} 不晚于开始日 {since}（{subject}）。请改其中一个日期。",
        "The end {until} is not after the beginning {since} ({subject}). Change one of the days.",
    ),
    "admit.closed_account": (
        "账号 {subject} 已停用，不能授权。请先启用它。",
        "The account {subject} is deactivated and gets no roles. Activate it first.",
    ),
    "admit.by_own_role": (
        "您自己拥有角色“{subject}”，不能更改它。请另一位安全管理员来做。",
        "You hold the role “{subject}” yourself and may not change it. Ask another security "
        "administrator.",
    ),
    "admit.role_code_taken": (
        "角色代码 {subject} 已被使用。请换一个。",
        "The role code {subject} is taken. Choose another.",
    ),
    "admit.account_name_taken": (
        "账号名 {subject} 已被使用。请换一个。",
        "The account name {subject} is taken. Choose another.",
    ),
    "admit.close_oneself": (
        "不能停用自己正在使用的账号（{subject}）。请另一位安全管理员来做。",
        "Nobody deactivates the account she is using ({subject}). Ask another security "
        "administrator.",
    ),
    "serve.setup": (
        "还没有任何账号。请用浏览器打开这个地址完成初始化（令牌只能用一次）：{subject}",
        "Nobody has an account yet. Open this address to set up (the token works once): {subject}",
    ),
}
