"""What a list of jobs shows of one."""

from typing import Literal

import msgspec

JobState = Literal["waiting", "running", "finished", "failed", "stopped"]


class JobHandle(msgspec.Struct, frozen=True):
    """A job as it stood at one moment.

    Attributes:
        id: its name in the queue; kept when it is tried again.
        title: what the user reads: “Take 1 of 3”.
        stage: what it does now, in plain words; empty while it waits.
        done: 0 to 1.
        elapsed_s: how long it has been running, or ran.
        eta_s: seconds it will still need, smoothed; None while unknown and when it does not run.
        result: what `run` returned, once it is finished.
        problem: one sentence, once it has failed.
        stopping: it runs, and was asked to end.
    """

    id: str
    title: str
    state: JobState = "waiting"
    stage: str = ""
    done: float = 0.0
    elapsed_s: float = 0.0
    eta_s: float | None = None
    result: object = None
    problem: str = ""
    stopping: bool = False

    @property
    def is_over(self) -> bool:
        """Whether nothing more comes, unless it is tried again."""
        return self.state in ("finished", "failed", "stopped")
