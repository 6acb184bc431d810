"""The job that is shown in the status line."""

import msgspec


class RunningJob(msgspec.Struct, frozen=True):
    """A job as one line: “Composing “dusty lo-fi” · mixing · 2 s left”. `done` is 0 to 1."""

    id: str
    text: str
    done: float
