"""Sentences about files: what they are, how they were read, why they were not."""

from __future__ import annotations

CONTAINER: dict[str, tuple[str, str]] = {
    "intake.file_unreadable": (
        "文件打不开：{subject}。请检查路径和权限。",
        "The file cannot be opened: {subject}. Check its path and permissions.",
    ),
    "intake.file_empty": (
        "文件是空的，没有任何内容。请重新导出。",
        "The file is empty. Export it again.",
    ),
    "intake.file_damaged": (
        "文件已损坏或没有传完整（{subject}）。请重新下载或导出；能用 Excel 打开的，另存一份再用。",
        "The file is damaged or was cut on its way ({subject}). Download or export it again; "
        "if Excel opens it, save a copy and use that.",
    ),
    "intake.format_refused": (
        "这是 {subject} 文件，不能读取。请另存为 .xlsx 或 .csv。",
        "This is a {subject} file, which is not read. Save it as .xlsx or .csv.",
    ),
    "intake.sealed": (
        "文件内容是密文：多半是公司的透明加密软件（{subject}）加了密，在这里打不开。"
        "请在装有该软件的电脑上申请解密，或导出为明文后再用。",
        "The content is ciphertext, most likely sealed by the company's transparent encryption "
        "({subject}). Ask for it to be released on a computer that has that software.",
    ),
    "intake.maybe_sealed": (
        "名字是 {subject}，内容却不是工作簿，像是密文：多半被公司的透明加密软件（绿盾、亿赛通之类）"
        "加了密，也可能已损坏。请在装有该软件的电脑上解密，或重新导出。",
        "The name says {subject}, but the content is no workbook and looks like ciphertext: most "
        "likely sealed by the company's transparent encryption, or damaged. Have it released "
        "where that software runs, or export it again.",
    ),
    "intake.format_unknown": (
        "认不出这是什么文件（扩展名 {subject}）。可以读取 csv、csv.gz、tsv、xlsx、xls、parquet。",
        "This is no kind of file that is known ({subject}). What is read: csv, csv.gz, tsv, xlsx, "
        "xls, parquet.",
    ),
    "intake.html": (
        "内容是网页（HTML），只是名字叫 {subject}，银行和 ERP 常这样导出。"
        "请用 Excel 或 WPS 打开，另存为 .xlsx。",
        "The content is a web page (HTML) under the name {subject}, as banks and ERP systems "
        "export it. Open it in Excel or WPS and save it as .xlsx.",
    ),
    "intake.text_named_workbook": (
        "内容是文本（csv），名字却是 {subject}。请把扩展名改成 .csv，或另存为真正的工作簿。",
        "The content is text (csv) under the name {subject}. Rename it to .csv, or save it as a "
        "real workbook.",
    ),
    "intake.password_protected": (
        "文件设了打开密码。请用 Excel 打开，去掉密码后另存。",
        "The file is protected by a password. Open it in Excel, remove the password, save.",
    ),
    "intake.unpacked_too_large": (
        "解压后太大：{subject} 达到 {mib} MiB（上限：每张工作表 500 MiB，整个文件 1024 MiB）。"
        "请拆分文件，或改用 csv、Parquet。",
        "Too large once unpacked: {subject} is {mib} MiB (at most 500 MiB a sheet, 1024 MiB "
        "in all). Split the file, or use csv or Parquet.",
    ),
    "intake.members_too_many": (
        "压缩包里有 {count} 个部件，不是正常的工作簿。请用 Excel 重新保存。",
        "The archive has {count} members, which no workbook has. Save it again with Excel.",
    ),
    "intake.member_twice": (
        "压缩包里「{subject}」出现了两次，无法确定哪一个算数。请用 Excel 重新保存。",
        "“{subject}” stands twice in the archive, and either could count. Save it again "
        "with Excel.",
    ),
    "intake.member_path": (
        "压缩包里有指向包外的路径「{subject}」。文件来源可疑，不读取。",
        "The archive has a path that leads out of it, “{subject}”. It is suspect and not read.",
    ),
    "intake.part_missing": (
        "工作簿缺少部件「{subject}」。请用 Excel 重新保存。",
        "The workbook lacks its part “{subject}”. Save it again with Excel.",
    ),
    "intake.doctype": (
        "部件「{subject}」里有 DOCTYPE 声明，正常的工作簿没有。文件来源可疑，不读取。",
        "The part “{subject}” has a DOCTYPE, which no workbook has. It is suspect and not read.",
    ),
    "intake.strings_too_many": (
        "工作簿里不同的文本超过五百万个。请拆分文件，或改用 csv、Parquet。",
        "The workbook has more than five million texts. Split it, or use csv or Parquet.",
    ),
    "intake.macros_dropped": (
        "工作簿带有宏，已忽略，只读取单元格的值。",
        "The workbook has macros; they were ignored and only values were read.",
    ),
    "intake.links_dropped": (
        "工作簿链接了外部文件，链接没有更新，用的是保存时的值。",
        "The workbook links to other files; the links were not followed, saved values were used.",
    ),
}
TEXT: dict[str, tuple[str, str]] = {
    "intake.encoding_taken": (
        "文件编码是 {subject}，已转换。",
        "The file is encoded in {subject} and was converted.",
    ),
    "intake.encoding_unheard_of": (
        "没有「{subject}」这种编码。--encoding 可用 utf-8、gb18030、big5、utf-16 等。",
        "There is no encoding “{subject}”. Use utf-8, gb18030, big5, utf-16 … with --encoding.",
    ),
    "intake.encoding_broken": (
        "从第 {byte} 个字节起不是 {subject} 编码。请重新导出为 UTF-8，或用 --encoding 指明编码。",
        "From byte {byte} on this is not {subject}. Export it as UTF-8, or name the encoding "
        "with --encoding.",
    ),
    "intake.encoding_mixed": (
        "这一行像是 {subject} 编码，其余多数行是 {usual}（从第 {byte} 个字节起）。"
        "文件多半由几份拼接而成，请统一编码后再用。",
        "This line seems to be {subject}, most others are {usual} (from byte {byte} on). The file "
        "was probably joined from several: bring them to one encoding.",
    ),
    "intake.encoding_ambiguous": (
        "无法确定编码。按 GB18030 读是「{gb18030}」，按 Big5 读是「{big5}」。"
        "请用 --encoding gb18030 或 --encoding big5 指明。",
        "The encoding is not certain. Read as GB18030 it is “{gb18030}”, as Big5 “{big5}”. "
        "Say --encoding gb18030 or --encoding big5.",
    ),
    "intake.text_cut": (
        "文件在第 {byte} 个字节处断在半个汉字上，没有传完整。请重新下载或导出。",
        "The file ends inside a character at byte {byte}: it was cut on its way. Download or "
        "export it again.",
    ),
    "intake.delimiter_line": (
        "首行 sep= 指明分隔符是「{subject}」，已照办。",
        "The first line names the delimiter “{subject}” with sep=, which was followed.",
    ),
    "intake.delimiter_taken": (
        "各行都以「{subject}」分隔，已按此读取。如有不对，请用 --delimiter 指明。",
        "Every line is split by “{subject}” and was read so. If that is wrong, say --delimiter.",
    ),
    "intake.delimiter_ambiguous": (
        "分隔符不确定，按这几个符号都能分列：  {signs}  请用 --delimiter 指明其中一个。",
        "The delimiter is not certain; each of these fits:  {signs}  Name one with --delimiter.",
    ),
    "intake.delimiter_unusable": (
        "「{subject}」不能作分隔符。--delimiter 用一个半角符号，或 tab。",
        "“{subject}” cannot be a delimiter. Use one ASCII sign, or tab, with --delimiter.",
    ),
    "intake.quote_unclosed": (
        "从这一行开始的引号没有收尾，后面的行都会被吞进同一格。请补上引号，或重新导出。",
        "A quote opens on this line and is never closed, so that the lines behind it run into "
        "one cell. Close it, or export the file again.",
    ),
    "intake.quote_stray": (
        "引号收尾后面还有文字。格内的引号要写成两个，请改正或重新导出。",
        "Text follows a closing quote. A quote inside a cell is written twice; correct it, or "
        "export the file again.",
    ),
    "intake.row_ragged": (
        "这一行有 {found} 格，其他行是 {expected} 格。多半是内容里有分隔符却没加引号，请改正。",
        "This record has {found} cells, the others have {expected}. A cell probably holds the "
        "delimiter without quotes; correct it.",
    ),
}
SHEET: dict[str, tuple[str, str]] = {
    "intake.sheet_unknown": (
        "没有名为「{subject}」的工作表。现有：{sheets}。请用 --sheet 指明。",
        "There is no sheet “{subject}”. There are: {sheets}. Name one with --sheet.",
    ),
    "intake.sheets_several": (
        "有几张工作表都有数据：{sheets}。请用 --sheet 指明读哪一张。",
        "Several sheets hold something: {sheets}. Say which to read with --sheet.",
    ),
    "intake.sheets_empty": (
        "看得见的工作表里都没有数据。全部工作表（括号内为隐藏）：{sheets}。"
        "要读隐藏的工作表，请用 --sheet 指明。",
        "No visible sheet holds anything. All sheets (hidden ones in brackets): {sheets}. Name a "
        "hidden one with --sheet to read it.",
    ),
    "intake.far_cell": (
        "数据超出可读范围（{rows} 行、{columns} 列以内）。请删去远处的内容，或改用 csv、Parquet。",
        "Something lies outside what is read ({rows} rows, {columns} columns). Delete it, or use "
        "csv or Parquet.",
    ),
    "intake.cells_too_many": (
        "单元格太多（{subject} 超过约一千万格）。请拆分文件，或改用 csv、Parquet。",
        "Too many cells ({subject} has more than about ten million). Split the file, or use csv "
        "or Parquet.",
    ),
    "intake.rows_unordered": (
        "行号乱序或无效（{subject}），文件已损坏。请用 Excel 重新保存。",
        "Row numbers are out of order or invalid ({subject}). Save the file again with Excel.",
    ),
    "intake.cells_unordered": (
        "单元格地址乱序、重复或无效（{subject}），文件已损坏。请用 Excel 重新保存。",
        "Cell addresses are out of order, double or invalid ({subject}). Save the file again "
        "with Excel.",
    ),
    "intake.style_missing": (
        "有 {count} 个数字引用了不存在的样式，按普通数字读取。其中若有日期，请用 Excel 重新保存。",
        "{count} numbers have a style that does not exist and were read as plain numbers. If "
        "some are dates, save the file again with Excel.",
    ),
    "intake.date_system_1904": (
        "工作簿使用 1904 日期系统，日期已按此换算。",
        "The workbook counts days from 1904; dates were read so.",
    ),
    "intake.hidden_rows": (
        "有 {count} 行被隐藏或筛选掉（首行见前）。"
        "请说明怎么办：--hidden-rows read 读取，--hidden-rows skip 略过。",
        "{count} rows are hidden or filtered out, the first at this address. Say what to do: "
        "--hidden-rows read or --hidden-rows skip.",
    ),
    "intake.hidden_rows_read": (
        "隐藏的 {count} 行也读取了。",
        "{count} hidden rows were read as well.",
    ),
    "intake.hidden_rows_skipped": (
        "隐藏的 {count} 行已略过。",
        "{count} hidden rows were skipped.",
    ),
    "intake.merged_cells": (
        "{area} 是合并单元格，只有左上角有值。请取消合并并填满，或用 --fill-down 自动填充。",
        "{area} is merged and only its first cell holds the value. Unmerge and fill it, or let "
        "--fill-down do that.",
    ),
    "intake.merged_filled": (
        "{count} 处合并单元格已按其显示的值填充，共补 {cells} 格。",
        "{count} merged areas were filled with the value they show, {cells} cells in all.",
    ),
    "intake.header_row_chosen": (
        "以这一行为表头，略过上面 {above} 行。如有不对，请用 --header-row 指明。",
        "This row was taken as the header, {above} rows above it were skipped. If that is wrong, "
        "say --header-row.",
    ),
    "intake.header_row_unknown": (
        "认不出哪一行是表头。请用 --header-row 指明行号；没有表头的，请加上一行。",
        "No row can be recognised as the header. Name it with --header-row, or add one where "
        "there is none.",
    ),
    "intake.header_row_ambiguous": (
        "表头像是有两行（这一行和第 {next} 行）。请用 --header-row 指明用哪一行。",
        "The header seems to have two rows (this one and row {next}). Say which with --header-row.",
    ),
    "intake.header_row_blank": (
        "--header-row 指的这一行是空的或不存在。",
        "The row that --header-row names is blank or not there.",
    ),
    "intake.header_twice": (
        "列名「{subject}」重复。请改成不同的列名。",
        "The header “{subject}” stands more than once. Give the columns different names.",
    ),
    "intake.header_blank": (
        "这一列有数据却没有列名，暂以列号称呼。要用到它，请补上列名。",
        "This column holds data under no header and is called by its letter. Name it to use it.",
    ),
    "intake.header_cleaned": (
        "列名「{was}」按「{subject}」读取。",
        "The header “{was}” is read as “{subject}”.",
    ),
    "intake.header_look_alike": (
        "列名「{subject}」混用了外形相同的西里尔或希腊字母。请重新输入这个列名。",
        "The header “{subject}” mixes in Cyrillic or Greek letters that look the same. Type it "
        "again.",
    ),
    "intake.no_rows": (
        "表头下面没有数据（0 行）。",
        "There is nothing below the header (0 rows).",
    ),
    "intake.blank_rows_ignored": (
        "略过 {count} 个空行。",
        "{count} blank rows were ignored.",
    ),
}
CELL: dict[str, tuple[str, str]] = {
    "intake.formula_without_value": (
        "公式没有存下计算结果。请用 Excel 打开文件，保存后再用。",
        "The formula has no saved result. Open the file in Excel, save it, and use that.",
    ),
    "intake.precision_lost": (
        "数字超过 15 位，末尾几位已被 Excel 丢掉。请把这一列设为文本，从源系统重新导出。",
        "A number of more than 15 digits has lost its last ones in Excel. Make the column text "
        "and export it from its source again.",
    ),
    "intake.number_unreadable": (
        "存储的不是有限的数字。请改正这一格。",
        "What is stored is no finite number. Correct the cell.",
    ),
    "intake.date_serial": (
        "日期序号不对应任何一天。请改正这一格。",
        "The date serial is no day at all. Correct the cell.",
    ),
    "intake.string_missing": (
        "引用的文本不存在，文件已损坏。请用 Excel 重新保存。",
        "The text that the cell refers to does not exist. Save the file again with Excel.",
    ),
    "intake.mojibake": (
        "乱码：文字曾按错误的编码转换。请从源系统重新导出，编码选 UTF-8。",
        "Garbled text: it was once converted by the wrong encoding. Export it from its source "
        "again as UTF-8.",
    ),
    "intake.control_character": (
        "格内有控制字符。请清除后再用。",
        "The cell holds a control character. Remove it.",
    ),
    "intake.cell_too_long": (
        "格内文字超过 32767 个字符。多半是引号不配对，请检查。",
        "The cell has more than 32,767 characters, most likely from an unpaired quote. Check it.",
    ),
    "intake.more": (
        "另有 {count} 处同样的问题没有逐一列出（{subject}）。",
        "{count} more of the same are not listed one by one ({subject}).",
    ),
}
SENTENCES: dict[str, tuple[str, str]] = CONTAINER | TEXT | SHEET | CELL
