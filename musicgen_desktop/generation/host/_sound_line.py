"""One sound process, and which of its words belong to which of the jobs that run at once."""

import queue
import threading
from collections.abc import Sequence

from ._line import Died, Line
from ._messages import Ended, Failed, Finished, Stop
from ._sound_messages import FromSound, SoundJob, decode_from_sound

SoundEvents = queue.SimpleQueue[FromSound | Died]
"""What is said of one job; its last is its end or the process's."""


class SoundLine:
    """Any thread may call any method.

    Args:
        command: how the process is started.

    Raises:
        OSError: when it cannot be started.
    """

    def __init__(self, command: Sequence[str]) -> None:
        self._line = Line(command, decode_from_sound)
        self._lock = threading.Lock()
        self._jobs: dict[int, SoundEvents] = {}
        self._deaf: set[int] = set()
        self._dead: Died | None = None
        self._killed = False
        self._router = threading.Thread(target=self._route, name="sound events", daemon=True)
        self._router.start()

    @property
    def pid(self) -> int:
        """The process's number."""
        return self._line.pid

    @property
    def lives(self) -> bool:
        """Whether it can be asked for more, as far as is known."""
        with self._lock:
            return self._dead is None and not self._killed

    def begin(self, job: SoundJob) -> SoundEvents:
        """Have a job done; whoever begins it ends it with `leave`."""
        events = SoundEvents()
        with self._lock:
            if self._dead is not None:
                events.put(self._dead)
            else:
                self._jobs[job.job] = events
                self._line.send(job)
        return events

    def stop(self, job: int) -> None:
        """Ask a job to end."""
        self._line.send(Stop(job))

    def leave(self, job: int, *, deaf: bool = False) -> None:
        """Hear no more of a job.

        Args:
            job: it may go on all the same.
            deaf: it does not heed its stop. The process is killed for it, once nobody else's job is in there.
        """
        with self._lock:
            self._jobs.pop(job, None)
            if deaf:
                self._deaf.add(job)
            if self._deaf and not self._jobs and self._dead is None:
                self._killed = True
                self._line.kill()

    def close(self, patience_s: float) -> None:
        """Let jobs and process end by themselves, and kill them when they do not in time."""
        self._line.close(patience_s)
        self._router.join()

    def _route(self) -> None:
        while True:
            event = self._line.events.get()
            with self._lock:
                if isinstance(event, Died):
                    self._dead = event
                    for events in self._jobs.values():
                        events.put(event)
                    return
                if isinstance(event, Finished | Failed | Ended):
                    self._deaf.discard(event.job)
                if (listener := self._jobs.get(event.job)) is not None:
                    listener.put(event)
