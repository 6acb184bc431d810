"""A stretch of a clip as pixels: fill, name band, and the waveform or the notes on it."""

from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage, QPixmap

from musicgen_desktop.document import AudioClip, NotesClip
from musicgen_desktop.session.controllers.waveforms import Peaks
from musicgen_desktop.timing import TempoMap
from musicgen_desktop.ui.theme import blend, colour, tokens

Pixels = NDArray[np.uint32]
"""[height, width], 0xffrrggbb."""

_SHADES = 16
_STEREO_FROM_PX = 72
_LOWEST_SPAN = 12
_DIM_SHARE = 0.13


class Style(NamedTuple):
    """How a clip is dressed.

    Attributes:
        colour: of its material, “#rrggbb”.
        height: of the box, in pixels of the device.
        band: of the name band, in pixels of the device.
        dim: muted, or its track is not heard.
        ratio: pixels of the device per pixel of the window.
        theme: whose colours it wears.
    """

    colour: str
    height: int
    band: int
    dim: bool
    ratio: float
    theme: str


class Stretch(NamedTuple):
    """Which part of a clip is drawn: pixels of the device, `first` counted from the clip's left end."""

    first: int
    width: int
    px_per_tick: float


def fill_colour(colour: str, *, dim: bool) -> int:
    """What lies under a clip's material."""
    worn = tokens()
    return blend(colour, worn.sunken, _DIM_SHARE if dim else worn.clip_fill).rgb()


def empty_picture(style: Style, width: int, *, starts: bool) -> Pixels:
    """Fill, band and the lighter top edge; the clip begins here when it `starts`."""
    worn = tokens()
    picture = np.full((style.height, width), fill_colour(style.colour, dim=style.dim), np.uint32)
    share = worn.clip_fill * (0.8 if style.dim else 1.0) + (0.05 if style.dim else 0.14)
    if style.band:
        picture[: style.band] = blend(style.colour, worn.sunken, share).rgb()
    edge = max(1, round(style.ratio))
    picture[:edge] = blend(style.colour, worn.sunken, 0.35 if style.dim else 0.75).rgb()
    if starts:
        # A seam, so that clips of one colour do not run together.
        picture[:, :edge] = colour(worn.sunken).rgb()
    return picture


def hatch(picture: Pixels, style: Style, first: int) -> None:
    """Diagonal lines, which go on from stretch to stretch."""
    y, x = np.ogrid[: picture.shape[0], first : first + picture.shape[1]]
    lines = (x + y) % round(8 * style.ratio) < max(1, round(style.ratio))
    lines[: style.band] = False
    picture[lines] = blend(style.colour, tokens().sunken, 0.3).rgb()


def draw_waveform(
    picture: Pixels, style: Style, stretch: Stretch, clip: AudioClip, peaks: Peaks, tempo: TempoMap
) -> None:
    """The outline of the sound, at the gain that the clip has."""
    low, high = _outline(stretch, clip, peaks, tempo)
    gain = 10.0 ** (min(clip.gain_db, 48.0) / 20.0)
    lanes = low.shape[1] if style.height - style.band >= _STEREO_FROM_PX * style.ratio else 1
    if lanes == 1:
        low, high = low.min(axis=1, keepdims=True), high.max(axis=1, keepdims=True)
    shades = _shades(style)
    room = (style.height - style.band) / lanes
    for lane in range(lanes):
        top = style.band + lane * room
        first, after = round(top), round(top + room)
        middle, half = top + room / 2.0, room / 2.0 - 2.0 * style.ratio
        above = middle - np.clip(high[:, lane] * gain, -1.0, 1.0) * half
        below = middle - np.clip(low[:, lane] * gain, -1.0, 1.0) * half
        # Silence is a thin line.
        above, below = np.minimum(above, middle - 0.5), np.maximum(below, middle + 0.5)
        y = np.arange(first, after, dtype=np.float32)[:, None]
        covered = np.minimum(y + 1.0, below) - np.maximum(y, above)
        picture[first:after] = np.where(
            covered > 0.0,
            shades[(np.clip(covered, 0.0, 1.0) * _SHADES).astype(np.intp)],
            picture[first:after],
        )


def draw_notes(picture: Pixels, style: Style, stretch: Stretch, clip: NotesClip) -> None:
    """Each note a small bar, the louder the brighter."""
    notes = clip.unrolled_notes()
    if not notes:
        return
    lowest = min(note.pitch for note in notes)
    highest = max(note.pitch for note in notes)
    spare = max(0, _LOWEST_SPAN - (highest - lowest))
    lowest, highest = lowest - spare // 2, highest + (spare + 1) // 2
    top = style.band + 2.0 * style.ratio
    room = style.height - top - 3.0 * style.ratio
    step = room / (highest - lowest + 1)
    thick = max(round(2 * style.ratio), round(min(step - 0.5, 6.0 * style.ratio)))
    shades = _shades(style)
    scale = stretch.px_per_tick
    for note in notes:
        left = round((note.start_ticks - clip.start_ticks) * scale) - stretch.first
        right = round((note.end_ticks - clip.start_ticks) * scale) - stretch.first
        if right - left > 3:
            right -= 1
        if right < 0 or left >= stretch.width:
            continue
        y = round(top + (highest - note.pitch) * step + (step - thick) / 2.0)
        shade = shades[round(_SHADES * (0.55 + 0.45 * note.velocity / 127.0))]
        picture[max(0, y) : y + thick, max(0, left) : max(right, left + 1)] = shade


def pixmap_of(picture: Pixels, ratio: float) -> QPixmap:
    """The pixels where Qt paints from."""
    picture = np.ascontiguousarray(picture)
    height, width = picture.shape
    image = QImage(picture.data, width, height, width * 4, QImage.Format.Format_RGB32)
    pixmap = QPixmap.fromImage(image)
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def _outline(
    stretch: Stretch, clip: AudioClip, peaks: Peaks, tempo: TempoMap
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """(smallest, largest) of each column; a column is a pixel. Between tempo points columns are even."""
    start = clip.start_ticks
    begin = start + stretch.first / stretch.px_per_tick
    end = start + (stretch.first + stretch.width) / stretch.px_per_tick
    turns = [point.tick for point in tempo.points if begin < point.tick < end]
    columns = [
        0,
        *(round((tick - start) * stretch.px_per_tick) - stretch.first for tick in turns),
        stretch.width,
    ]
    low = np.zeros((stretch.width, peaks.channels), np.float32)
    high = np.zeros((stretch.width, peaks.channels), np.float32)
    for first, after in pairwise(sorted(set(columns))):
        left, right = (
            _frame_at(clip, start + (stretch.first + column) / stretch.px_per_tick, peaks.rate, tempo)
            for column in (first, after)
        )
        per_column = abs(right - left) / (after - first)
        if per_column <= 0.0:
            continue
        found = peaks.columns(min(left, right), per_column, after - first)
        step = -1 if clip.reversed else 1
        low[first:after], high[first:after] = found[0][::step], found[1][::step]
    return low, high


def _frame_at(clip: AudioClip, tick: float, rate: int, tempo: TempoMap) -> float:
    """The frame of the file that is heard at a tick."""
    if clip.reversed:
        return clip.source_offset_frames + tempo.seconds_between(tick, clip.end_ticks) * rate
    return clip.source_offset_frames + tempo.seconds_between(clip.start_ticks, tick) * rate


def _shades(style: Style) -> NDArray[np.uint32]:
    """From the fill to the full colour."""
    worn = tokens()
    full = 0.45 if style.dim else 1.0
    # On a light ground the colours of tracks are too pale for thin lines.
    tint = style.colour if worn.name == "dark" else blend(style.colour, worn.text, 0.7).name()
    least = _DIM_SHARE if style.dim else worn.clip_fill
    shares = (least + (full - least) * step / _SHADES for step in range(_SHADES + 1))
    return np.array([blend(tint, worn.sunken, share).rgb() for share in shares], np.uint32)
