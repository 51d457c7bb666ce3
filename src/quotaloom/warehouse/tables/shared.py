"""Columns that many kinds of facts share: who, where, what, with whom, and amounts with tax."""

from __future__ import annotations

from typing import Final

from quotaloom.warehouse.tables.column import Column

REGION: Final = Column(
    "region", "member", "大区", "Region", "区域|销售大区|销售区域|战区|sales region|regional office"
)
PROVINCE: Final = Column("province", "member", "省份", "Province", "省|省市|省区|state")
CITY: Final = Column("city", "member", "城市", "City", "市|地市")
DEPARTMENT: Final = Column(
    "department", "member", "部门", "Department", "事业部|销售部门|division|business unit|bu"
)
TEAM: Final = Column("team", "member", "团队", "Team", "销售团队|小组|组别|办事处|branch")
SEAT: Final = Column("seat", "member", "岗位", "Seat", "席位|岗位编号|territory|辖区")
PERSON: Final = Column(
    "person",
    "member",
    "销售人员",
    "Sales person",
    "销售员|销售|业务员|客户经理|销售经理|销售代表|负责人|归属人|salesperson|sales rep|rep|owner"
    "|account manager|sales agent|seller",
)
CUSTOMER: Final = Column(
    "customer",
    "member",
    "客户",
    "Customer",
    "客户名称|签约客户|合同方|买方|购方|付款单位|customer name|account|bill to|sold to",
)
END_CUSTOMER: Final = Column(
    "end_customer", "member", "终端客户", "End customer", "最终用户|最终客户|使用单位|end user"
)
CHANNEL: Final = Column(
    "channel",
    "member",
    "渠道",
    "Channel",
    "渠道类型|销售渠道|经销商|代理商|dealer|distributor|reseller|sales channel|partner",
)
INDUSTRY: Final = Column("industry", "member", "行业", "Industry", "所属行业|sector")
PRODUCT_LINE: Final = Column(
    "product_line",
    "member",
    "产品线",
    "Product line",
    "产品类别|产品大类|品类|业务线|product category|category|product family|series|business line",
)
PRODUCT: Final = Column(
    "product", "member", "产品", "Product", "产品名称|产品编码|物料|物料编码|型号|sku|item"
)
ENTITY: Final = Column(
    "entity", "member", "法人", "Legal entity", "公司|签约主体|开票主体|company|entity"
)
INTERNAL: Final = Column(
    "internal",
    "choice",
    "内部往来",
    "Internal",
    "内部交易|关联交易|intercompany",
    {"yes": "是|内部|y|true|1", "no": "否|外部|n|false|0"},
)
YES_NO: Final = {"yes": "是|y|true|1", "no": "否|n|false|0"}
CURRENCY: Final = Column("currency", "code", "币种", "Currency", "货币|currency code")
NOTE: Final = Column("note", "text", "备注", "Note", "说明|摘要|remark|remarks|comment|memo")

WHO: Final = (REGION, PROVINCE, CITY, DEPARTMENT, TEAM, SEAT, PERSON)
WHAT: Final = (PRODUCT_LINE, PRODUCT)
WITH: Final = (CUSTOMER, END_CUSTOMER, CHANNEL, INDUSTRY, ENTITY, INTERNAL)

CONTRACT: Final = Column("contract", "code", "合同号", "Contract no", "合同编号|合同|contract id")
ORDER: Final = Column("order", "code", "订单号", "Order no", "订单编号|订单|order id|order number")
LINE: Final = Column("line", "code", "行号", "Line no", "行|合同行号|订单行号|项次|line|item no")
OPPORTUNITY: Final = Column(
    "opportunity", "code", "商机编号", "Opportunity no", "商机号|商机id|opportunity id|deal id"
)
LEAD: Final = Column("lead", "code", "线索编号", "Lead no", "线索号|线索id|lead id")
INVOICE: Final = Column(
    "invoice",
    "code",
    "发票号",
    "Invoice no",
    "发票号码|发票编号|数电票号码|invoice id|invoice number",
)
RECEIPT: Final = Column(
    "receipt", "code", "回款单号", "Receipt no", "收款单号|流水号|银行流水号|payment id|receipt id"
)
QUANTITY: Final = Column("quantity", "quantity", "数量", "Quantity", "件数|台数|qty|units")


def day(zh: str, en: str, also: str = "") -> Column:
    """The day on which the fact counts, under the kind's own words and the general ones."""
    return Column(
        "date", "day", zh, en, "|".join(filter(None, (also, "日期|业务日期|单据日期|date")))
    )


def taxed(zh: str, en: str, also: str = "") -> tuple[Column, ...]:
    """An amount with tax as the paper says it, without tax, the tax, and the rate."""
    own = "|".join(
        filter(None, (also, "含税金额|价税合计|金额含税|金额|总额|amount|total|gross amount"))
    )
    return (
        Column("amount", "money", zh, en, own),
        Column(
            "net_amount",
            "money",
            "不含税金额",
            "Net amount",
            "金额不含税|未税金额|净额|amount excluding tax|net",
        ),
        Column("tax", "money", "税额", "Tax", "增值税额|vat|tax amount"),
        Column("tax_rate", "rate", "税率", "Tax rate", "增值税率|vat rate", least=0),
    )


TAXED_NEEDS: Final = "amount|net_amount"
