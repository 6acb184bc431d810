"""What one part plays."""

from collections.abc import Mapping

import msgspec

from musicgen_desktop.music import Control, Note


class PartNotes(msgspec.Struct, frozen=True):
    """Notes in the order they begin, and controls; ticks from the start of the song."""

    notes: tuple[Note, ...] = ()
    controls: tuple[Control, ...] = ()


Others = Mapping[str, PartNotes]
"""Parts that are already written, by role."""
