"""Plan documents (要點, 任務分工, 分解表): from a file or pasted text to drafts of points.

The way of a document: ``encoding`` and ``readers`` give paragraphs and grids; ``layout`` one text with
offsets; ``numbering`` the headings; ``heads`` title, number, dates; ``clauses`` and ``units`` who does it;
``deadlines`` by when; ``tables`` the same for rows; ``parse`` puts the drafts together.
"""
