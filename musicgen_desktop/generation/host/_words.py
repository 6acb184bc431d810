"""What a person reads when a process fails."""

from typing import NamedTuple


class Words(NamedTuple):
    """The sentences of one kind of process.

    Attributes:
        ended: it died in the middle of work.
        broken: it does not start at all; `{cause}` is why.
        closed: it was asked for something after its end.
        bug: its work failed in a way that nobody foresaw.
    """

    ended: str
    broken: str
    closed: str
    bug: str


COMPOSING = Words(
    ended="The process that composes ended unexpectedly and was started again; compose once more.",
    broken="Composing does not work here ({cause}); “musicgen-desktop doctor” looks for the cause.",
    closed="The program is being closed; nothing more is composed.",
    bug="Composing failed through a mistake of ours; send us the log, and try other wishes.",
)

SOUNDING = Words(
    ended="The process that makes sound ended unexpectedly; the next take starts it again.",
    broken="Making sound does not work here ({cause}); “musicgen-desktop doctor” looks for the cause.",
    closed="The program is being closed; no more sound is made.",
    bug="Making sound failed through a mistake of ours; send us the log, and try other wishes.",
)

DOWNLOADING = Words(
    ended="The process that gets models ended unexpectedly; get the model again: what has arrived is kept.",
    broken="Getting models does not work here ({cause}); “musicgen-desktop doctor” looks for the cause.",
    closed="The program is being closed; no more models are got.",
    bug="Getting the model failed through a mistake of ours; send us the log, and try again.",
)

MODELS = Words(
    ended="The process that looks at models ended unexpectedly; the model may be damaged or too large for"
    " this machine: choose another.",
    broken="Looking at models does not work here ({cause}); “musicgen-desktop doctor” looks for the cause.",
    closed="The program is being closed; no more models are looked at.",
    bug="Looking at the model failed through a mistake of ours; send us the log, and try another model.",
)
