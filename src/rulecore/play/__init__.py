"""What happens to a document: from a sheet, an act and dice to edits. Nothing here changes anything.

An event reads the document as it is before it. What it does and what all answer to it is done together: two that give one
field different values are refused, changes by an amount add up. Then follows what it calls for, in order, each with all that
follows from it in turn, on the document as it is by then.
"""

from __future__ import annotations

from rulecore.play import dice
from rulecore.play.acts import Act, acts
from rulecore.play.perform import Course, perform

__all__ = ["Act", "Course", "acts", "dice", "perform"]
