"""A take as a small picture: its notes, what plays when and how high, or the outline of its sound."""

from collections import OrderedDict
from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap

from musicgen_desktop.document import AudioSource, NotesClip, Project
from musicgen_desktop.session.controllers.generating import Candidate
from musicgen_desktop.session.controllers.waveforms import Peaks
from musicgen_desktop.ui.theme import colour, tokens

_MOST_KEPT = 200
_DRUM_SHARE = 0.26


PeaksOf = Callable[[AudioSource], Peaks | None]
"""The outline of a take's sound; None while it is made."""


class TakePictures:
    """Makes each picture once. The height is shared: drums below, what has a pitch above."""

    def __init__(self) -> None:
        self.peaks_of: PeaksOf = lambda _source: None
        self._kept: OrderedDict[tuple[str, int, int, float, str], QPixmap] = OrderedDict()

    def picture(self, candidate: Candidate, size: QSize, ratio: float) -> QPixmap:
        """The picture at a size in points, for a screen of that pixel ratio."""
        key = (candidate.id, size.width(), size.height(), ratio, tokens().name)
        known = self._kept.get(key)
        if known is None:
            peaks = [self.peaks_of(source) for source in candidate.project.sources]
            found = [each for each in peaks if each is not None]
            known = _painted(candidate, found, size, ratio)
            if len(found) < len(peaks):
                return known  # there is more to come
            self._kept[key] = known
            if len(self._kept) > _MOST_KEPT:
                self._kept.popitem(last=False)
        self._kept.move_to_end(key)
        return known


def note_rects(
    project: Project, length_ticks: int, width: float, height: float
) -> dict[str, list[tuple[float, float, float, float]]]:
    """Colour → rectangles of notes as x, y, width, height."""
    drums_top = height * (1.0 - _DRUM_SHARE)
    tracks = [track for track in project.tracks if track.kind == "notes"]
    pitched = [
        note.pitch
        for track in tracks
        if track.role not in ("drums", "percussion")
        for clip in track.clips
        if isinstance(clip, NotesClip)
        for note in clip.notes
    ]
    low, high = (min(pitched), max(pitched)) if pitched else (60, 72)
    step = (drums_top - 3.0) / max(12, high - low + 1)
    rects: dict[str, list[tuple[float, float, float, float]]] = {}
    for track in tracks:
        is_drums = track.role in ("drums", "percussion")
        found = rects.setdefault(track.color, [])
        for clip in track.clips:
            if not isinstance(clip, NotesClip):
                continue
            for note in clip.sounding_notes():
                x = note.start_ticks * width / max(1, length_ticks)
                if is_drums:
                    y = drums_top + 1.0 + (note.pitch * 7 % 5) / 5.0 * (height - drums_top - 2.0)
                    found.append((x, y, 1.0, 1.4))
                else:
                    wide = max(1.2, note.length_ticks * width / max(1, length_ticks) - 0.4)
                    found.append((x, drums_top - 2.0 - (note.pitch - low + 1) * step, wide, max(1.3, step)))
    return rects


def sound_rects(peaks: Peaks, width: int, height: float) -> list[tuple[float, float, float, float]]:
    """A rectangle for each column of the outline: x, y, width, height. The loudest fills the height."""
    low, high = peaks.columns(0.0, max(1.0, peaks.frames / max(1, width)), width)
    lows, highs = low.min(axis=1), high.max(axis=1)
    loudest = max(float(np.abs(lows).max(initial=0.0)), float(np.abs(highs).max(initial=0.0)), 1e-3)
    middle = height / 2.0
    scale = (middle - 1.0) / loudest
    return [
        (float(x), middle - top * scale, 1.0, max(1.0, (top - bottom) * scale))
        for x, (bottom, top) in enumerate(zip(lows.tolist(), highs.tolist(), strict=True))
    ]


def _painted(candidate: Candidate, sounds: list[Peaks], size: QSize, ratio: float) -> QPixmap:
    picture = QPixmap(size * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    rects = note_rects(candidate.project, candidate.length_ticks, size.width(), size.height())
    for peaks in sounds:
        tint = candidate.project.tracks[0].color
        rects.setdefault(tint, []).extend(sound_rects(peaks, size.width(), size.height()))
    for tint, found in rects.items():
        painter.setBrush(colour(tint or tokens().text_soft, 0.9))
        painter.drawRects([QRectF(*each) for each in found])
    painter.end()
    return picture
