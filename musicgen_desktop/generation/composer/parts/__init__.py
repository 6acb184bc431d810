"""The players: a plan goes in, the notes of every stem come out.

Each part throws its own dice and looks only at the plan and at parts written before it, in the order of
`ORDER`; so a part can be written again without moving any other.
"""

from ._part_notes import PartNotes
from ._write import ORDER, write_part, write_parts

__all__ = ["ORDER", "PartNotes", "write_part", "write_parts"]
