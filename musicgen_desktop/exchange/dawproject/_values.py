"""What is told about a DAWproject file, and the words both directions share."""

from typing import NamedTuple

import msgspec

from musicgen_desktop.document import Project
from musicgen_desktop.foundation import UnreadableFileError

PROJECT_XML, METADATA_XML = "project.xml", "metadata.xml"
AUDIO_FOLDER, PLUGINS_FOLDER = "audio", "plugins"

OUR_NAME = "MusicGen Desktop"
MADE_WITH = f"Made with {OUR_NAME}"
OUR_DEVICE = "musicgen-desktop:"
"""Begins the `deviceID` of our own effects and instruments."""

SECTION_COMMENT = "section"
"""Begins the comment of a marker that stands for a section; its length and intensity follow."""

ROLE_COMMENT = "role:"
"""Begins the comment of a track; the stem that it plays follows."""

INSTRUMENT = "instrument:"
"""Follows it for instruments; then their patch."""

TRIM = "trim_db"
"""The parameter of our instruments that holds the trim of their track, in dB."""


class PluginFormat(NamedTuple):
    """What an element is called for plugins of a format, and a file with the state of one."""

    element: str
    suffix: str


PLUGINS = {
    "vst2": PluginFormat("Vst2Plugin", "fxp"),
    "vst3": PluginFormat("Vst3Plugin", "vstpreset"),
    "clap": PluginFormat("ClapPlugin", "clap-preset"),
    "au": PluginFormat("AuPlugin", "aupreset"),
}
"""By the word before the colon in `Insert.effect`."""


class StretchedSound(msgspec.Struct, frozen=True):
    """A sound that followed the tempo; here it needs a file of its own.

    Attributes:
        source_id: of the source that stands for that file.
        member: the name of the sound in the archive.
        anchors: (seconds of that file, seconds of the sound), as `stretched` takes them.
    """

    source_id: str
    member: str
    anchors: tuple[tuple[float, float], ...]


class DawSong(msgspec.Struct, frozen=True):
    """What a DAWproject file holds.

    Attributes:
        project: the song. The path of each of its audio sources is the name of a member of the archive, and
            its `content_hash` is empty: nobody has seen the sound yet.
        stretched: the sources whose files have to be made first; their paths are wishes.
        remarks: a sentence for each kind of thing that could not be taken over as it is.
        rights: what the file says of its copyright; empty when it says nothing.
    """

    project: Project
    remarks: tuple[str, ...] = ()
    stretched: tuple[StretchedSound, ...] = ()
    rights: str = ""


class UnreadableDawProjectError(UnreadableFileError):
    """A file cannot be read as a DAWproject."""
