"""One variation on its way: what is fed next, what is kept of what is drawn, and which steps are final."""

import numpy as np

from musicgen_desktop.generation.musicgen.runtime.path import Tokens

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
            steps: how many new steps it has.
            made: [K, T] new steps of a stopped take, in whole steps; it then goes on as if never stopped.
            window_steps: the most steps heard at once.
            delays: of each codebook, in steps.
            padding: the token that stands where a codebook has nothing to say.
        """
        self.delays, self._padding = delays, padding
        self._given = given.shape[1]
        self._tokens = np.full((len(delays), self._given + steps), padding, np.int64)
        self._tokens[:, : self._given] = given
        self.final = self._given  # steps from the start of what was given that will not change any more
        if made is not None:
            self.final = min(self._given + made.shape[1], self._tokens.shape[1])
            self._tokens[:, self._given : self.final] = made[:, : self.final - self._given]
        plan = plan_windows(self._given, steps, window_steps, delays)
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
    def made(self) -> Tokens:
        """[K, T] the new steps that are final."""
        return self._tokens[:, self._given : self.final].copy()

    def prefix(self) -> Tokens:
        """[K, T] the columns of this window that are fed before any is drawn."""
        columns = [self._column_at(column) for column in range(self._column)]
        return np.stack(columns, axis=1) if columns else np.empty((len(self.delays), 0), np.int64)

    def column(self) -> Tokens:
        """[K] the column that is fed next."""
        return self._column_at(self._column)

    def accept(self, drawn: Tokens) -> bool:
        """Keep what was drawn, [K], where it is neither forced nor padding; True when the window is over."""
        window = self.window
        self._column += 1
        for k, delay in enumerate(self.delays):
            step = window.start + self._column - 1 - delay
            if self._forced <= step < window.end:
                self._tokens[k, step] = drawn[k]
        whole = window.start + self._column - max(self.delays)
        self.final = max(self.final, min(whole, window.end))
        if self.final < window.end:
            return False
        self._windows.pop(0)
        self._begin()
        return True

    def _begin(self) -> None:
        self._forced = self.final
        self._column = self.final - self.window.start if self._windows else 0

    def _column_at(self, column: int) -> Tokens:
        tokens = np.full(len(self.delays), self._padding, np.int64)
        for k, delay in enumerate(self.delays):
            step = self.window.start + column - 1 - delay
            if self.window.start <= step < self.window.end:
                tokens[k] = self._tokens[k, step]
        return tokens
