"""A page as one HTML file that needs nothing else: findings, charts and tables."""

from __future__ import annotations

from briefing.pages.content import Block, PageContent
from briefing.pages.drawn import chart_of
from briefing.pages.words import readable
from briefing.report import html as report
from briefing.report.tables import PrintedTable

MOST_ROWS = 300  # of a table that people read
MORE = "{count:,} more rows stand in the workbook and the data package."


def make(content: PageContent) -> bytes:
    """The file as bytes."""
    charts = {block.table.id: chart_of(content, block) for block in content.blocks if block.drawn}
    sections: list[report.HtmlSection] = []
    for block in content.in_order:
        drawn = (
            report.figure_html(block.table.id, charts[block.table.id], content.stem) if block.drawn else ""
        )
        notes = "".join(f'<p class="note">{report.escaped(text)}</p>' for text in block.notes if text)
        body = drawn + report.table_html(_table(block)) + notes
        sections.append((block.table.id, block.title, block.finding, body))
    if content.notes:
        sections.append(("know", "What to know", "What to know", report.list_html(content.notes, "ul")))
    sections.append(("sources", "Sources", "Sources", report.sources_html(content.sources)))
    lines = "".join(f"<p>{report.escaped(text)}</p>" for text in content.sentences)
    body_of_page = [
        f'<h1>{report.escaped(content.name)}</h1><p class="headline">{report.escaped(content.title)}</p>{lines}',
        f'<p class="note">{report.escaped(content.full_basis)}</p>',
        report.contents_html(sections), *map(report.section_html, sections), _end(content),
    ]  # fmt: skip
    return report.document(f"{content.name}: {content.title}", body_of_page, charts)


def _table(block: Block) -> PrintedTable:
    table = readable(block.table)
    more = len(table.rows) - MOST_ROWS
    note = MORE.format(count=more) if more > 0 else ""
    return PrintedTable(
        block.table.id, block.title, table.heads, table.rows[:MOST_ROWS], tuple(sorted(table.right)), note
    )


def _end(content: PageContent) -> str:
    return report.footer_html("This page, live", content.link, content.where, report.escaped(content.cite))
