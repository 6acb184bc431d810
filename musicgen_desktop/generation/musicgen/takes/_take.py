"""One variation on its way: what is fed next, what is kept of what is drawn, and which steps are final."""

import numpy as np

from musicgen_desktop.generation.musicgen.runtime.path import Tokens
from musicgen_desktop.generation.musicgen.tokens import delay_codebooks, undelay_codebooks

from ._window import Window, plan_windows


class TakeRun:
    """Walks a take through its windows in the delayed pattern.

    Column c of a window holds, for codebook k, step c - 1 - delays[k] of that window; before and after these
    it holds padding. Feeding column c draws column c + 1. A step is final when all its codebooks are drawn.
    """

    def __init__(
        self,
        given: Tokens,
        steps: int,
        *,
        made: Tokens | None = None,
        window_steps: int,
        delays: tuple[int, ...],
        padding: int,
    ) -> None:
        """Begin a take, or go on with one.

        Args:
            given: [K, T] tokens of what it goes on from; T may be 0.
            steps: how many new steps it has in all.
            made: [K, T] new steps of a stopped take, in whole steps; it then goes on as if never stopped.
            window_steps: the most steps heard at once.
            delays: of each codebook, in steps.
            padding: the token that stands where a codebook has nothing to say.
        """
        self._delays, self._padding = delays, padding
        self._given = int(given.shape[1])
        self.steps = steps
        self._tokens = np.full((len(delays), self._given + steps), padding, np.int64)
        self._tokens[:, : self._given] = given
        self.final = self._given  # steps from the start of what was given that will not change any more
        if made is not None:
            self.final = min(self._given + made.shape[1], self._tokens.shape[1])
            self._tokens[:, self._given : self.final] = made[:, : self.final - self._given]
        plan = plan_windows(self._given, steps, window_steps, delays)
        self._joins = tuple(window.new - self._given for window in plan[1:])
        self._windows = [window for window in plan if window.end > self.final]
        self._begin()

    @property
    def done(self) -> bool:
        """Every step is final."""
        return not self._windows

    @property
    def window(self) -> Window:
        """The one that is being drawn; only while not `done`."""
        return self._windows[0]

    @property
    def positions(self) -> int:
        """How many token positions this window feeds."""
        return self.window.positions(self._delays)

    @property
    def joins(self) -> tuple[int, ...]:
        """The new steps, counted from 0, at which one window takes over from another."""
        return self._joins

    @property
    def made_steps(self) -> int:
        """How many new steps are final."""
        return self.final - self._given

    @property
    def made(self) -> Tokens:
        """[K, T] the new steps that are final."""
        return self._tokens[:, self._given : self.final].copy()

    def prefix(self) -> Tokens:
        """[K, T] the columns of this window that are fed before any is drawn."""
        return self._columns[:, : self._column].copy()

    def column(self) -> Tokens:
        """[K] the column that is fed next."""
        return self._columns[:, self._column].copy()

    def accept(self, drawn: Tokens) -> bool:
        """Keep what was drawn, [K], where it is neither forced nor padding; True when the window is over."""
        window = self.window
        self._column += 1
        free = self._free[:, self._column]
        self._columns[free, self._column] = drawn[free]
        self._tokens[:, window.start : window.end] = undelay_codebooks(self._columns[:, 1:], self._delays)
        whole = window.start + self._column - max(self._delays)
        self.final = max(self.final, min(whole, window.end))
        if self.final < window.end:
            return False
        self._windows.pop(0)
        self._begin()
        return True

    def _begin(self) -> None:
        if self.done:
            return
        start, end = self.window.start, self.window.end
        first = np.full((len(self._delays), 1), self._padding, np.int64)
        delayed = delay_codebooks(self._tokens[:, start:end], self._delays, self._padding)
        self._columns = np.concatenate((first, delayed), axis=1)
        drawn = np.arange(start, end) >= self.final
        free = delay_codebooks(np.tile(drawn, (len(self._delays), 1)).astype(np.int64), self._delays, 0)
        self._free = np.pad(free, ((0, 0), (1, 0))).astype(bool)
        self._column = self.final - start
