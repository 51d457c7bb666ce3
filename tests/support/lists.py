"""Lists as tests bring them: tables as text, kept and read."""

from __future__ import annotations

from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile

DAY = date(2027, 1, 1)
FEISHU = """
    姓名 | 工号 | 部门 | 直属上级 | 职务 | 人员类型
    陈一 | F001 | 总公司/华东/南京组 | 李经理 | 客户经理 | 正式
    李经理 | F002 | 总公司/华东 | | 大区经理 | 正式
"""
TWO = """
    姓名 | 工号 | 部门 | 直属上级
    陈一 | F001 | 总公司/华东;总公司/华北 |
"""


def upload(text, name="清单.csv"):
    """A table with columns parted by | as a csv file."""
    rows = "\n".join(
        ",".join(part.strip() for part in row.split("|")) for row in text.strip().split("\n")
    )
    return SimpleUploadedFile(name, rows.encode())
