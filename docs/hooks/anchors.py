"""Gives each code of the page of findings an anchor of its own: reports lead there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mkdocs.structure.pages import Page

PAGE = "findings.md"
ROW = re.compile(r"^\| `(?P<code>[a-z_]+(?:\.[a-z_]+)*)` \|", re.MULTILINE)


def on_page_markdown(markdown: str, *, page: Page, **_others: object) -> str:
    """Put an anchor in front of the code of each row."""
    return ROW.sub(r'| <a id="\g<code>"></a>`\g<code>` |', markdown) if page.file.src_uri == PAGE else markdown
