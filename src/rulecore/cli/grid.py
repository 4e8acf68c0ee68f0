"""A sheet on the screen: panels in boxes, boxes in one or two columns, in the arrangement that wastes the least room."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from rich.cells import cell_len
from rich.text import Text

from rulecore.cli.blocks import narrowest, panel_lines
from rulecore.cli.console import fits
from rulecore.cli.view import PanelView

GAP = 1
FRAME = 4
NARROWEST_COLUMN = 34
OUT_OF_ORDER = 5

BORDER = "dim"
TITLE = "bold cyan"
CORNERS = "╭╮╰╯─│"
PLAIN_CORNERS = "++++-|"


def grid(panels: Sequence[PanelView], width: int) -> Iterator[Text]:
    """Give the lines of all panels within a width."""
    tried = ((left, late) for left in _splits(panels, width) for late in (False, True))
    arranged = [(_arranged(panels, width, left, late=late), late) for left, late in tried]
    best = min(arranged, key=lambda each: _cost(each[0], panels[0]) + each[1] * OUT_OF_ORDER)
    for group in best[0]:
        yield from group.lines(width)


def _splits(panels: Sequence[PanelView], width: int) -> list[int]:
    """Give the widths of the left column worth trying; 0 is one column alone."""
    if width < 2 * NARROWEST_COLUMN + GAP:
        return [0]
    wanted = {narrowest(panel) + FRAME for panel in panels}
    lefts = {(width - GAP) // 2, *wanted, *(width - GAP - each for each in wanted)}
    return sorted(left for left in lefts if NARROWEST_COLUMN <= left <= width - GAP - NARROWEST_COLUMN) or [0]


@dataclass(slots=True)
class _Group:
    """Panels that stand together: in two columns, or one across the whole width."""

    left: int
    right: int
    columns: tuple[list[_Box], list[_Box]] = field(default_factory=lambda: ([], []))
    across: _Box | None = None

    def height(self, column: int) -> int:
        return sum(box.height for box in self.columns[column])

    def lines(self, width: int) -> Iterator[Text]:
        if self.across is not None:
            yield from self.across.lines()
            return
        if not self.columns[1]:
            for box in self.columns[0]:
                yield from _Box(box.panel, width).lines()
            return
        tallest = max(self.height(0), self.height(1))
        sides = [self._side(column, tallest) for column in (0, 1)]
        for left, right in zip(*sides, strict=True):
            yield Text.assemble(left, " " * GAP, right)

    def _side(self, column: int, tallest: int) -> list[Text]:
        """Give the lines of a column, its last box stretched to the height of the other column."""
        boxes = self.columns[column]
        lacking = tallest - self.height(column)
        return [line for box in boxes for line in box.lines(lacking if box is boxes[-1] else 0)]


@dataclass(slots=True)
class _Box:
    """A panel set at a width."""

    panel: PanelView
    width: int
    content: list[Text] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.content = panel_lines(self.panel, self.width - FRAME)

    @property
    def height(self) -> int:
        return len(self.content) + 2

    def lines(self, lacking: int = 0) -> Iterator[Text]:
        corners = CORNERS if fits(CORNERS) else PLAIN_CORNERS
        across, down = corners[4], corners[5]
        rule = across * max(0, self.width - FRAME - cell_len(self.panel.label) - 1)
        yield Text.assemble((corners[0] + across + " ", BORDER), (self.panel.label, TITLE), (f" {rule}{corners[1]}", BORDER))
        for line in [*self.content, *[Text()] * lacking]:
            blank = " " * max(0, self.width - FRAME - line.cell_len)
            yield Text.assemble((down + " ", BORDER), line, blank, (" " + down, BORDER))
        yield Text(corners[2] + across * (self.width - 2) + corners[3], style=BORDER)


def _arranged(panels: Sequence[PanelView], width: int, left: int, *, late: bool) -> list[_Group]:
    """Put each panel into the shorter column that is wide enough; what fits none goes across, in its place or at the end."""
    right = width - GAP - left if left else 0
    groups: list[_Group] = []
    across: list[_Group] = []
    current = _Group(left, right)
    for panel in panels:
        needed = narrowest(panel) + FRAME
        fitting = [column for column, room in enumerate((left, right)) if needed <= room]
        if fitting:
            column = min(fitting, key=current.height)
            current.columns[column].append(_Box(panel, (left, right)[column]))
            continue
        alone = _Group(left, right, across=_Box(panel, width))
        if late:
            across.append(alone)
            continue
        groups += [current, alone] if any(current.columns) else [alone]
        current = _Group(left, right)
    return _settled([*groups, current, *across])


def _settled(groups: list[_Group]) -> list[_Group]:
    """Leave out empty groups, and let a group with an empty left column have its boxes on the left."""
    kept = [group for group in groups if group.across is not None or any(group.columns)]
    for group in kept:
        if not group.columns[0] and group.columns[1]:
            group.columns = (group.columns[1], [])
    return kept


def _cost(groups: Sequence[_Group], first: PanelView) -> float:
    """Count lines, and what is empty or out of order in them."""
    lines = 0.0 if groups[0].across or groups[0].columns[0][0].panel is first else OUT_OF_ORDER
    for group in groups:
        if group.across is not None:
            lines += group.across.height
        else:
            heights = group.height(0), group.height(1)
            lines += max(heights) + abs(heights[0] - heights[1]) / 2
    return lines
