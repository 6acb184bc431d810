"""Puts what is heard on the board, thirty times a second."""

import time

import msgspec
import numpy as np

from musicgen_desktop.playback.board import Board, BoardReading
from musicgen_desktop.playback.sources import SourceBank
from musicgen_desktop.playback.transport import TransportState

from ._output import Output
from ._score import Score

_EVERY_S = 1.0 / 30.0


class Show:
    """Writes the board when it is time to."""

    def __init__(self, board: Board) -> None:
        self._board = board
        self._due = 0.0

    def refresh(
        self,
        output: Output | None,
        bank: SourceBank | None,
        score: Score,
        state: TransportState,
        rest_tick: float,
        thru_ms: float,
    ) -> None:
        """Write how things stand, if the last time is long enough ago.

        Args:
            output: the open device; None while there is none.
            bank: where sources come from.
            score: what plays.
            state: of the transport.
            rest_tick: where it stands while nothing plays.
            thru_ms: from a key to the ear.
        """
        now = time.monotonic()
        if now < self._due:
            return
        self._due = now + _EVERY_S
        if output is None:
            place = score.frame_at(rest_tick) if score.rate else 0
            self._board.write(BoardReading(at_s=now, state=state, place=place, rate=score.rate))
            return
        engine, speaker = output.engine, output.speaker
        heard = engine.heard
        levels = np.zeros((len(output.meters.strips), 4), np.float32)
        reading = BoardReading(
            at_s=heard.at_s,
            state=state,
            place=heard.place,
            rate=speaker.rate,
            strips_number=score.number,
            levels=levels,
            cpu_share=engine.share,
            look_ahead_ms=output.look_ahead.target_ms,
            queued_ms=1000.0 * engine.queued / speaker.rate,
            thru_ms=thru_ms,
            starvations=speaker.starvations,
            late_frames=0 if bank is None else bank.late_frames,
            xruns=speaker.input_overflows,
        )
        if heard.clock is not None:
            found = output.meters.heard(heard.clock)
            programme = found.programme
            reading = msgspec.structs.replace(
                reading,
                levels=found.levels,
                true_peak_dbtp=programme.true_peak_dbtp,
                momentary_lufs=programme.momentary_lufs,
                short_term_lufs=programme.short_term_lufs,
                integrated_lufs=programme.integrated_lufs,
            )
        self._board.write(reading)
