"""The text of a REAPER project: lines of a word and its values, in nested blocks."""

import math
from uuid import UUID, uuid5

from musicgen_desktop.document import SILENT_DB, Project

_IDS = UUID("5a7c1f1e-8f0b-4f38-9d57-0c2f3b9a6e41")

Value = str | int | float


class Block:
    """`<TAG values`, then lines and further blocks, then `>`.

    Text that a person wrote goes through `quoted`; other words stand as they are.
    """

    def __init__(self, tag: str, *values: Value) -> None:
        self._head = _line(f"<{tag}", *values)
        self._content: list[str | Block] = []

    def line(self, tag: str, *values: Value) -> None:
        """Add a line."""
        self._content.append(_line(tag, *values))

    def block(self, tag: str, *values: Value) -> "Block":
        """Add a block, and give it to be filled."""
        inner = Block(tag, *values)
        self._content.append(inner)
        return inner

    def text(self) -> str:
        """The block as the file has it, with a line end behind it."""
        return "\n".join(self.lines("")) + "\n"

    def lines(self, indent: str) -> list[str]:
        """The block's lines, set in by `indent`."""
        lines = [indent + self._head]
        for each in self._content:
            if isinstance(each, Block):
                lines += each.lines(indent + "  ")
            else:
                lines.append(f"{indent}  {each}")
        lines.append(f"{indent}>")
        return lines


def _line(tag: str, *values: Value) -> str:
    return " ".join([tag, *(number(value) if isinstance(value, float) else str(value) for value in values)])


def number(value: float) -> str:
    """A number with so many digits that no frame is lost on the way, and none for show.

    >>> number(2.5), number(-0.0), number(1 / 3)
    ('2.5', '0', '0.33333333333333')
    """
    text = f"{value:.14f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def quoted(text: str) -> str:
    """A person's text as one value: the format has three quotation marks and no way to escape one.

    >>> print(quoted('Bass'), quoted('7" mix'))
    "Bass" '7" mix'
    """
    line = "".join(letter if letter.isprintable() else " " for letter in text)
    for mark in ('"', "'", "`"):
        if mark not in line:
            return f"{mark}{line}{mark}"
    return "`{}`".format(line.replace("`", "'"))


def guid(project: Project, *names: str) -> str:
    """An id in REAPER's form, always the same for the same thing of a project."""
    return f"{{{str(uuid5(_IDS, '/'.join((project.id, *names)))).upper()}}}"


def gain(gain_db: float) -> float:
    """A level in dB as REAPER's factor; nothing at all where a fader is shut."""
    return 0.0 if gain_db <= SILENT_DB else math.pow(10.0, gain_db / 20.0)


def colour(text: str, platform: str) -> int:
    """`#rrggbb` as REAPER holds it: as the system does, red lowest on Windows and highest elsewhere.

    Args:
        text: the colour.
        platform: `sys.platform` of the machine.
    """
    red, green, blue = (int(text[at : at + 2], 16) for at in (1, 3, 5))
    own = red | green << 8 | blue << 16 if platform == "win32" else red << 16 | green << 8 | blue
    return own | 0x1000000
