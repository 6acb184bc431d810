"""Where notes and sound came from that were not made here."""

import msgspec


class Origin(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file of others.

    Attributes:
        file: its name.
        rights: what it says of its copyright or licence; empty when it says nothing.
    """

    file: str
    rights: str = ""

    @property
    def sentence(self) -> str:
        """What is known of its rights. Nobody here can judge them."""
        if self.rights:
            return f"“{self.file}” is a file of others, which says of its rights: “{self.rights}”."
        return f"“{self.file}” is a file of others, which says nothing of its rights."
