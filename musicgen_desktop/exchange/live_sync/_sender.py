"""The thread that sends: what comes, a little ahead of the ear, each message at its moment."""

import heapq
import threading
import time
from collections import deque
from collections.abc import Callable
from itertools import count

from musicgen_desktop.foundation import hurry
from musicgen_desktop.timing import Passages, PlayClock

from ._ports import OutputPort
from ._source import Due, Source

_STEP_S = 0.004
"""So often it is asked what comes."""
_AHEAD_S = 0.012
"""So far ahead; what a port needs to know earlier, and offsets that send early, come on top."""
_SPIN_S = 0.0004
_LATE_S = 0.003

_Waiting = tuple[float, float, int, int, str, bytes]  # hand over at, leave at, order, number, port, data


class Sender:
    """Follows the play clock, asks sources what to send, and sends it.

    Work for the thread is handed over by `post`; everything else that is said to be the sending thread's may
    be done there.

    Args:
        clock: tells what is heard when.
        sources: asked in this order.
    """

    def __init__(self, clock: PlayClock, sources: list[Source]) -> None:
        self.sources = sources
        """May be changed by the sending thread."""
        self.messages = self.late = 0
        """Sent so far; stale values are fine."""
        self._lost_before = 0
        self._clock = clock
        self._passages = Passages()
        self._ports: dict[str, tuple[OutputPort, float]] = {}
        self._waiting: list[_Waiting] = []
        self._numbers = count()
        self._work: deque[Callable[[], None]] = deque()
        self._wake = threading.Event()
        self._is_ending = False
        self._thread = threading.Thread(target=self._run, name="midi out", daemon=True)

    @property
    def lost(self) -> int:
        """Messages that ports had no room for."""
        return self._lost_before + sum(port.lost for port, _ in tuple(self._ports.values()))

    @property
    def is_running(self) -> bool:
        """Whether the thread is there; it is not when something in it failed."""
        return self._thread.is_alive()

    def start(self) -> None:
        """Begin to send."""
        self._thread.start()

    def post(self, work: Callable[[], None]) -> None:
        """Have the thread do something soon."""
        self._work.append(work)
        self._wake.set()

    def end(self) -> None:
        """Let go of all that is held, close all ports and stop; waits for it."""
        self._is_ending = True
        self._wake.set()
        self._thread.join()

    # ---- on the sending thread -----------------------------------------------------------------

    @property
    def ports(self) -> dict[str, OutputPort]:
        """The open ports by their keys."""
        return {key: port for key, (port, _) in self._ports.items()}

    def add_port(self, key: str, port: OutputPort, offset_s: float) -> None:
        """Send through this one from now on, or with another offset, which holds for what waits as well."""
        before = self._ports.get(key)
        if before is not None and before[1] != offset_s:
            later = offset_s - before[1]
            self._waiting = [
                (hand_over + later, leave + later, order, number, to, data)
                if to == key
                else (hand_over, leave, order, number, to, data)
                for hand_over, leave, order, number, to, data in self._waiting
            ]
            heapq.heapify(self._waiting)
        self._ports[key] = (port, offset_s)

    def drop_port(self, key: str) -> None:
        """Let go of what is held there, close it, and forget it."""
        if key not in self._ports:
            return
        now = time.monotonic()
        due = [each for source in self.sources for each in source.ending(now, key)]
        self._take([each._replace(at_s=now) for each in due])
        self._flush(key)
        port, _ = self._ports.pop(key)
        port.close()
        self._lost_before += port.lost

    def send(self, port: str, data: bytes) -> None:
        """Send at once, between what is due."""
        self._take([Due(time.monotonic(), 0, port, data)])

    def drop_source(self, source: Source) -> None:
        """Ask it no longer; what it holds is let go."""
        if source in self.sources:
            self.sources.remove(source)
            self._take(source.ending(time.monotonic()))

    def _run(self) -> None:
        hurry()
        try:
            self._send_until_ended()
        finally:
            self._let_go()

    def _send_until_ended(self) -> None:
        asked = 0.0
        while not self._is_ending:
            while self._work:
                self._work.popleft()()
            now = time.monotonic()
            if now - asked >= _STEP_S:
                asked = now
                self._ask(now)
            self._send_due()
            self._rest(asked + _STEP_S)
        while self._work:  # others let go of what they hold
            self._work.popleft()()

    def _let_go(self) -> None:
        now = time.monotonic()
        for source in self.sources:
            self._take([each._replace(at_s=max(each.at_s, now)) for each in source.ending(now)])
        for key, (port, _) in self._ports.items():
            self._flush(key)
            port.close()

    def _ask(self, now: float) -> None:
        """Have sources say what comes up to as far ahead as ports need it."""
        ahead = max((port.lead_s - min(offset, 0.0) for port, offset in self._ports.values()), default=0.0)
        reading = self._clock.read()
        for port, _ in self._ports.values():
            port.keep(reading)
        passages = self._passages.until(reading, now + _AHEAD_S + ahead, now)
        for source in self.sources:
            self._take(source.due(passages))

    def _take(self, due: list[Due]) -> None:
        for at_s, order, key, data in due:
            found = self._ports.get(key)
            if found is not None:
                port, offset = found
                leave = at_s + offset
                heapq.heappush(
                    self._waiting, (leave - port.lead_s, leave, order, next(self._numbers), key, data)
                )

    def _send_due(self) -> None:
        waiting = self._waiting
        while waiting:
            hand_over, leave, _, _, key, data = waiting[0]
            now = time.monotonic()
            if hand_over > now + _SPIN_S:
                return
            while hand_over > now:
                now = time.monotonic()
            heapq.heappop(waiting)
            self._send(key, leave, data, now)

    def _send(self, key: str, leave: float, data: bytes, now: float) -> None:
        found = self._ports.get(key)
        if found is None:
            return
        found[0].send(leave, data)
        self.messages += 1
        if now - leave > _LATE_S:
            self.late += 1

    def _flush(self, key: str) -> None:
        """Send what waits for a port, in order and at once; notes that have not begun never do."""
        mine = sorted(each for each in self._waiting if each[4] == key)
        self._waiting = [each for each in self._waiting if each[4] != key]
        heapq.heapify(self._waiting)
        now = time.monotonic()
        for _, leave, _, _, _, data in mine:
            if not (data[0] & 0xF0 == 0x90 and data[2]):
                self._send(key, min(leave, now), data, now)

    def _rest(self, until: float) -> None:
        if self._waiting:
            until = min(until, self._waiting[0][0] - _SPIN_S)
        rest = until - time.monotonic()
        if rest > 0.0 and not self._is_ending and not self._work:
            self._wake.wait(rest)
            self._wake.clear()
