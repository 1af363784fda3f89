"""Web pages, PDF, Word, tables, archives."""

import json
import stat
import zipfile
from io import BytesIO

import docx
import pypdf
import pytest

from ingest.reading import read, source_hash
from ingest.reading.archive import member_name
from ingest.reading.documents import without_running_lines

FIRST = "金秋时节，青禾镇石湾村的稻田里，收割机来回穿梭，村党支部书记周望山正忙着给邻村介绍种植经验。"
SECOND = "去年三月，石湾村、柳河村和竹坪村在镇党委牵头下组建青禾稻米党建联盟，统一供种、统一收购，亩均增收三百元。"
STORY = f"{FIRST}\n{SECOND}"


def page(body: str, head: str = "") -> str:
    return (
        f'<html><head><meta http-equiv="Content-Type" content="text/html; '
        f'charset=gb2312">{head}</head><body>{body}</body></html>'
    )


def test_founder_epaper_page(tmp_path):
    declared = (
        "<!--enpproperty <date>2022-10-18 06:00:00.0</date><author>记者 "
        "方远 通讯员 林青</author><title>三个村子一碗饭</title>/enpproperty-->"
    )
    body = (
        f"{declared}<table><tr><td>第03版：乡村</td><td>上一版</td></tr></table><table><tr><td>标题导航</td></tr>"
        f"<tr><td>我市召开防汛会议</td></tr></table><div id='ozoom'><fou"
        f"nder-content><p>　　{FIRST}</p><p>　　{SECOND}</p>"
        "</founder-content></div><div>版权所有</div>"
    )
    path = tmp_path / "content.html"
    path.write_bytes(page(body, "<title>云岭日报数字报</title>").encode("gb18030"))
    (report,) = read(path).reports
    assert report.text == f"三个村子一碗饭\n{STORY}"
    assert (report.title, report.publisher, report.date) == ("三个村子一碗饭", "云岭日报", "2022-10-18")
    assert report.authors == ("方远", "林青")


def test_enpcontent_comment(tmp_path):
    path = tmp_path / "old.htm"
    body = (
        f"<h1>三个村子一碗饭</h1><div>别的新闻</div><!--enpcontent--><p>"
        f"{FIRST}</p><p>{SECOND}</p><!--/enpcontent--><div>广告</div>"
    )
    path.write_bytes(page(body).encode("gbk"))
    assert read(path).reports[0].text == f"三个村子一碗饭\n{STORY}"


def test_government_page_with_declared_metadata(tmp_path):
    head = (
        '<meta name="ArticleTitle" content="联村共富路子宽"><meta name="P'
        'ubDate" content="2023-05-06"><meta name="ContentSource" content="云岭县农业农村局">'
    )
    path = tmp_path / "gov.html"
    path.write_bytes(
        page(f"<ul><li>首页</li></ul><div class='TRS_Editor'><p>{FIRST}</p><p>{SECOND}</p></div>", head).encode("utf-8")
    )
    (report,) = read(path).reports
    assert report.text == f"联村共富路子宽\n{STORY}"
    assert (report.publisher, report.date) == ("云岭县农业农村局", "2023-05-06")


def test_layout_of_nested_tables_under_the_wrong_suffix(tmp_path):
    path = tmp_path / "page.txt"
    body = (
        f"<table><tr><td><table><tr><td>三村种稻忙</td></tr><tr><td>　　"
        f"{FIRST}<br>　　{SECOND}</td></tr></table></td></tr></table>"
    )
    path.write_bytes(page(body).encode("gbk"))
    (report,) = read(path).reports
    assert report.format == "html"
    assert report.text == f"三村种稻忙\n{STORY}"


def test_a_very_deep_page_is_still_read(tmp_path):
    path = tmp_path / "deep.html"
    path.write_text("<html><body>" + "<div>" * 50_000 + FIRST, encoding="utf-8")
    (report,) = read(path).reports
    assert report.text == FIRST
    assert report.warnings


def test_scripts_are_no_text(tmp_path):
    path = tmp_path / "page.html"
    path.write_text(
        f"<html><body><script>var a='不要'</script><p>{FIRST}</p><p>{SECOND}</p></body></html>", encoding="utf-8"
    )
    assert "不要" not in read(path).reports[0].text


def make_pdf(pages: list[list[str]]) -> bytes:
    """A PDF with a text layer: one composite font without glyphs, characters mapped by a ToUnicode table."""
    characters = sorted({c for lines in pages for line in lines for c in line})
    code = {c: i + 1 for i, c in enumerate(characters)}
    maps = [f"<{code[c]:04X}> <{ord(c):04X}>" for c in characters]
    blocks = "".join(
        f"{len(m)} beginbfchar\n{chr(10).join(m)}\nendbfchar\n"
        for m in (maps[i : i + 100] for i in range(0, len(maps), 100))
    )
    cmap = (
        f"/CIDInit /ProcSet findresource begin 12 dict begin begincmap 1 b"
        f"egincodespacerange <0000> <FFFF> endcodespacerange\n{blocks}endcmap end end"
    )
    kids = " ".join(f"{6 + 2 * i} 0 R" for i in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        (
            "<< /Type /Font /Subtype /Type0 /BaseFont /Sim /Encoding /Ident"
            "ity-H /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>"
        ),
        (
            "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Sim /CIDSystemI"
            "nfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 1000 >>"
        ),
        f"<< /Length {len(cmap)} >>\nstream\n{cmap}\nendstream",
    ]
    for i, lines in enumerate(pages):
        shown = " ".join(f"<{''.join(f'{code[c]:04X}' for c in line)}> Tj 0 -20 Td" for line in lines)
        content = f"BT /F1 12 Tf 60 780 Td {shown} ET"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources "
            f"<< /Font << /F1 3 0 R >> >> /Contents {7 + 2 * i} 0 R >>"
        )
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
    out = b"%PDF-1.7\n"
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode()
    table = "".join(f"{o:010} 00000 n \n" for o in offsets)
    start = len(out)
    out += (
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer << /Size {len(objects) + 1} /Root 1 0 R >>\n"
    ).encode()
    return out + f"startxref\n{start}\n%%EOF".encode()


def test_pdf_text_layer_over_two_pages(tmp_path):
    path = tmp_path / "report.pdf"
    pages = [["三村种稻忙", FIRST[:24], FIRST[24:], SECOND[:24]], [SECOND[24:48], SECOND[48:]]]
    path.write_bytes(make_pdf(pages))
    reading = read(path)
    assert reading.failures == ()
    assert reading.reports[0].text == f"三村种稻忙\n{STORY}"


def test_running_heads_of_pdf_pages_go():
    pages = [f"云岭研究 2024\n第{n}段说石湾村。\n还有两行。\n再有一行。\n{n}" for n in range(1, 5)]
    assert without_running_lines(pages)[2] == "第3段说石湾村。\n还有两行。\n再有一行。"


def test_scanned_and_protected_pdfs_say_so(tmp_path):
    writer = pypdf.PdfWriter()
    writer.add_blank_page(200, 200)
    scanned = tmp_path / "scan.pdf"
    writer.write(scanned)
    assert "OCR" in read(scanned).failures[0].reason
    writer.encrypt("geheim", algorithm="RC4-128")
    locked = tmp_path / "locked.pdf"
    writer.write(locked)
    assert "password" in read(locked).failures[0].reason


def test_docx_paragraphs_and_tables(tmp_path):
    document = docx.Document()
    document.add_heading("三村种稻忙", 0)
    document.add_paragraph(FIRST)
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip((c for row in table.rows for c in row.cells), ("村", "亩数", "石湾村", "300"), strict=True):
        cell.text = text
    document.add_paragraph(SECOND)
    path = tmp_path / "report.docx"
    document.save(path)
    (report,) = read(path).reports
    assert report.text == f"三村种稻忙\n{FIRST}\n| 村 | 亩数 |\n| 石湾村 | 300 |\n{SECOND}"
    assert report.title == "三村种稻忙"


def test_truncated_docx_fails(tmp_path):
    document = docx.Document()
    document.add_paragraph(FIRST)
    buffer = BytesIO()
    document.save(buffer)
    path = tmp_path / "cut.docx"
    path.write_bytes(buffer.getvalue()[:2000])
    assert "damaged" in read(path).failures[0].reason


def test_xml_entities_are_not_expanded(tmp_path):
    bomb = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "哈哈"><!ENTITY y "&x;&x;&x;&x;">]>'
    body = (
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordproce'
        'ssingml/2006/main"><w:body><w:p><w:r><w:t>&y;石湾村种稻</w:t></w:r></w:p></w:body></w:document>'
    )
    source, buffer = BytesIO(), BytesIO()
    docx.Document().save(source)
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(buffer, "w") as new:
        for entry in old.infolist():
            new.writestr(entry.filename, bomb + body if entry.filename == "word/document.xml" else old.read(entry))
    path = tmp_path / "bomb.docx"
    path.write_bytes(buffer.getvalue())
    reading = read(path)
    assert all("哈哈" not in report.text for report in reading.reports)


def test_csv_rows_good_and_bad(tmp_path):
    path = tmp_path / "news.csv"
    rows = [
        "标题,正文,日期,来源,作者",
        f"种稻忙,{FIRST},2022年10月18日,云岭日报,方远、林青",
        "坏行,少一格",
        "空行,,2022,云岭日报,",
        f"又一篇,{SECOND},2023-01,,",
    ]
    path.write_bytes("\r\n".join(rows).encode("gb18030"))
    reading = read(path)
    first, second = reading.reports
    assert (first.stem, first.text, first.title, first.date) == ("news-1", FIRST, "种稻忙", "2022-10-18")
    assert (first.publisher, first.authors, first.format) == ("云岭日报", ("方远", "林青"), "csv")
    assert (second.stem, second.date) == ("news-4", "2023-01")
    assert [failure.row for failure in reading.failures] == [2, 3]
    assert "row 2" in str(reading.failures[0])


def test_csv_without_a_text_column_names_what_it_found(tmp_path):
    path = tmp_path / "news.csv"
    path.write_text("标题,日期\n种稻忙,2022\n", encoding="utf-8")
    (failure,) = read(path).failures
    assert "标题, 日期" in failure.reason
    assert "正文" in failure.reason


def test_jsonl_rows(tmp_path):
    path = tmp_path / "news.jsonl"
    lines = [
        json.dumps({"text": FIRST, "authors": ["方远"], "url": "https://a.cn/1"}, ensure_ascii=False),
        "{坏",
        "[]",
        '{"title": "无"}',
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    reading = read(path)
    assert (reading.reports[0].stem, reading.reports[0].authors, reading.reports[0].url) == (
        "news-1",
        ("方远",),
        "https://a.cn/1",
    )
    assert [failure.row for failure in reading.failures] == [2, 3, 4]


def test_equal_rows_have_different_hashes(tmp_path):
    path = tmp_path / "news.tsv"
    path.write_text(f"text\n{FIRST}\n{FIRST}\n", encoding="utf-8")
    one, two = read(path).reports
    assert one.id == two.id
    assert one.source_hash != two.source_hash


def zipped(path, members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)


def test_zip_of_reports(tmp_path):
    path = tmp_path / "all.zip"
    zipped(
        path,
        [
            ("乙/二.txt", SECOND),
            ("甲.txt", FIRST),
            ("README.md", "说明"),
            ("图.png", b"\x89PNG"),
            (".hidden.txt", "藏"),
        ],
    )
    reading = read(path)
    assert [(r.stem, r.source) for r in reading.reports] == [("二", f"{path}!/乙/二.txt"), ("甲", f"{path}!/甲.txt")]
    assert reading.failures == ()


def test_zip_slip_links_and_nested_archives_are_refused(tmp_path):
    path = tmp_path / "evil.zip"
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    zipped(
        path,
        [
            ("../out.txt", FIRST),
            ("/abs.txt", FIRST),
            ("C:\\w.txt", FIRST),
            (link, "/etc/passwd"),
            ("in.zip", b"PK"),
            ("ok.txt", FIRST),
        ],
    )
    reading = read(path)
    assert [report.stem for report in reading.reports] == ["ok"]
    reasons = sorted(failure.reason for failure in reading.failures)
    assert [reason.split(";")[0] for reason in reasons] == [
        "it is a link, not a file",
        "it is an archive inside an archive",
        "its path leads out of the archive",
        "its path leads out of the archive",
        "its path leads out of the archive",
    ]
    assert not (tmp_path.parent / "out.txt").exists()


def test_zip_bomb_is_refused_whatever_its_header_says(tmp_path):
    path = tmp_path / "bomb.zip"
    zipped(path, [("bomb.txt", b"\xe7\xa8\xbb" * 4_000_000), ("ok.txt", FIRST)])
    data = path.read_bytes()
    path.write_bytes(data.replace((12_000_000).to_bytes(4, "little"), (100).to_bytes(4, "little")))
    reading = read(path)
    assert [report.stem for report in reading.reports] == ["ok"]
    assert len(reading.failures) == 1


def test_highly_packed_member_is_refused(tmp_path):
    path = tmp_path / "bomb.zip"
    zipped(path, [("bomb.txt", b"a" * 20_000_000)])
    assert "200 times" in read(path).failures[0].reason


def test_too_many_entries_are_refused(tmp_path):
    path = tmp_path / "many.zip"
    zipped(path, [(f"{i}.txt", "") for i in range(10_001)])
    (failure,) = read(path).failures
    assert "10001 entries" in failure.reason


def test_gbk_member_names_are_read():
    entry = zipfile.ZipInfo("石湾村.txt".encode("gbk").decode("cp437"))
    assert member_name(entry) == "石湾村.txt"


def test_source_hash_is_the_files(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(FIRST, encoding="utf-8")
    assert read(path).reports[0].source_hash == source_hash(path)


@pytest.mark.parametrize(
    ("name", "data", "word"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n \n", "empty"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n\x00\x00", "PNG"),
        ("binary.txt", bytes(range(256)) * 4, "binary"),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "docx"),
        ("locked.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
        ("cut.pdf", b"%PDF-1.7\n1 0 obj\n<< /Type", "damaged"),
        ("text.pdf", "石湾村".encode(), "no .pdf file"),
        ("bad.zip", b"PK\x03\x04 nothing", "damaged"),
        ("furniture.txt", "上一篇：无\n版权所有".encode(), "furniture"),
    ],
)
def test_bad_files_fail_with_a_reason(tmp_path, name, data, word):
    path = tmp_path / name
    path.write_bytes(data)
    reading = read(path)
    assert reading.reports == ()
    (failure,) = reading.failures
    assert failure.source == str(path)
    assert word in failure.reason


def test_a_file_over_the_bound_fails(tmp_path):
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(64 * 1024 * 1024 + 1)
    assert "64 MiB" in read(path).failures[0].reason


def test_a_missing_file_fails(tmp_path):
    assert "cannot be opened" in read(tmp_path / "no.txt").failures[0].reason
