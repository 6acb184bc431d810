"""What is seen of the clips, and when it is painted anew."""

from collections.abc import Iterator
from contextlib import suppress
from time import monotonic

from PySide6.QtCore import QCoreApplication, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QRegion, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from musicgen_desktop.document import AudioSource, Project
from musicgen_desktop.session.controllers.waveforms import Waveforms
from musicgen_desktop.ui.bridges import Bridges, text_of_place
from musicgen_desktop.ui.theme import Sizes, colour, tokens
from musicgen_desktop.ui.timeline._geometry import TimelineGeometry
from musicgen_desktop.ui.timeline._view_state import TimelineState

from ._clip_details import STICKY_PX
from ._clip_edits import ClipEdits
from ._clip_index import ClipIndex
from ._clip_painter import ClipPainter
from ._clip_shape import shape_of
from ._grid_painter import paint_grid
from ._hand import Hand
from ._overlay_painter import paint_overlay
from ._picture import CanvasPicture, DropGhost
from ._tiles import Tiles
from ._view_model import CanvasModel

_FRAME_BUDGET_S, _ZOOM_BUDGET_S, _REST_BUDGET_S = 0.003, 0.001, 0.005
_REST_MS = 110
_SHOW_EVERY_S = 0.08
_SOON_MS, _AFTER_SCROLL_MS = 4, 40


class Canvas(QWidget):
    """Paints the rows of the timeline. What the rest of the panel shares with it is in the state.

    A scroll moves the pixels that are there and paints the rest; a zoom scales the tiles that are there, and
    makes new ones once it is over.
    """

    _outline_came = Signal(str)

    def __init__(
        self,
        bridges: Bridges,
        state: TimelineState,
        waveforms: Waveforms,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._bridges, self._state = bridges, state
        self.model = CanvasModel(bridges, state, self)
        self.edits = ClipEdits(bridges, state, self)
        self._index = ClipIndex()
        self.hand = Hand(self.model, self.edits, self._index, self)
        self.tiles = Tiles(waveforms)
        self._clips = ClipPainter(self.tiles, self._index)
        self._drop: DropGhost | None = None
        self._shown = state.geometry
        self._play_x = -1
        self._covers: list[QWidget] = []
        self._made_some, self._made_at = False, 0.0
        self._waveforms = waveforms
        self._outline_came.connect(self._on_outline)
        self._unsubscribe = waveforms.subscribe(self._tell_outline)
        self.destroyed.connect(self._unsubscribe)
        self._work = QTimer(self, singleShot=True)
        self._work.timeout.connect(self._make_tiles)
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self._end_zoom)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Arrangement"))
        state.changed.connect(self._on_state)
        self.model.changed.connect(self.update)
        bridges.project.changed.connect(lambda _change: self._tell())
        bridges.project.opened.connect(self._on_opened)
        bridges.selection.changed.connect(self._on_selection)
        bridges.snap.changed.connect(self.update)
        bridges.player.place_changed.connect(self._on_place)

    def use_waveforms(self, waveforms: Waveforms) -> None:
        """Another project's outlines."""
        self.destroyed.disconnect(self._unsubscribe)
        self._unsubscribe()
        self._waveforms = waveforms
        self._unsubscribe = waveforms.subscribe(self._tell_outline)
        self.destroyed.connect(self._unsubscribe)
        self.tiles.use(waveforms)
        self.update()

    def cover(self, widget: QWidget) -> None:
        """This child lies over the canvas and stays there: while it is seen no pixels are moved below it."""
        self._covers.append(widget)

    def rect_of(self, clip_id: str) -> QRect:
        """The box of a clip in the viewport.

        Raises:
            KeyError: when it is not there.
        """
        project = self.model.project
        track = project.track_of_clip(clip_id)
        row = self._state.geometry.row_of(track.id)
        if row is None:
            raise KeyError(clip_id)
        return shape_of(self._state.geometry, row, track.clip(clip_id), project).rect.toRect()

    @property
    def focused_clip(self) -> str:
        """The clip that keys walk from: the last one selected; empty for none."""
        return self._bridges.selection.clip_ids[-1] if self._bridges.selection.clip_ids else ""

    def sizeHint(self) -> QSize:
        """Large."""
        return QSize(900, 420)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Only what is asked for: a strip when the view scrolled or the play head moved."""
        picture = self.picture()
        self.tiles.begin_frame(picture.project, _ZOOM_BUDGET_S if self.tiles.holds else _FRAME_BUDGET_S)
        painter = QPainter(self)
        for rect in _rects(event.region()):
            painter.setClipRect(rect)
            paint_grid(painter, rect, picture)
            self._clips.paint(painter, rect, picture)
            paint_overlay(painter, rect, picture)
        if self.hasFocus():
            painter.setClipRect(self.rect())
            width, height, thick, tint = self.width(), self.height(), Sizes.FOCUS, colour(tokens().accent)
            for ring in (
                QRect(0, 0, width, thick),
                QRect(0, height - thick, width, thick),
                QRect(0, 0, thick, height),
                QRect(width - thick, 0, thick, height),
            ):
                painter.fillRect(ring, tint)
        painter.end()
        if self.tiles.lacking and not self._work.isActive():
            self._work.start(_SOON_MS)

    def picture(self) -> CanvasPicture:
        """What is seen now."""
        selection, shown = self._bridges.selection, self.model.shown
        geometry = self._state.geometry
        track = selection.track_ids[-1] if selection.track_ids else ""
        return CanvasPicture(
            project=shown,
            origin=self.model.project,
            geometry=geometry,
            width=self.width(),
            height=self.height(),
            length_ticks=self._index.length_of(shown),
            ratio=self.devicePixelRatioF(),
            selected=frozenset(selection.clip_ids),
            track_id=track,
            silent=silent_tracks(shown),
            missing=frozenset(source.id for source in shown.sources if self._waveforms.missing(source)),
            step_ticks=self._bridges.snap.step_ticks(geometry.px_per_tick, shown.meter_map),
            play_tick=self._bridges.player.tick,
            span=selection.span,
            hover=self.model.hover,
            focused_clip=self.focused_clip if self.hasFocus() else "",
            guide=self.model.guide,
            band=self.model.band,
            drop=self._drop,
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The view is another part of the song."""
        super().resizeEvent(event)
        self._state.set_view_size(self.width(), self.height())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide it."""
        super().focusOutEvent(event)
        self.update()

    def _on_state(self) -> None:
        before, now = self._shown, self._state.geometry
        self._shown = now
        if now == before:
            self.update()
        elif now.px_per_tick != before.px_per_tick:
            self.tiles.holds = True
            self._rest.start()
            self.update()
        elif now.rows != before.rows or self.model.guide is not None or self.model.band is not None:
            self.update()
        else:
            self._blit(before, now)
        self._play_x = round(now.x_of(self._bridges.player.tick))

    def _blit(self, before: TimelineGeometry, now: TimelineGeometry) -> None:
        dx, dy = round(before.scroll_x - now.scroll_x), before.scroll_y - now.scroll_y
        width, height = self.width(), self.height()
        covered = any(each.isVisible() for each in self._covers)
        if covered or abs(dx) >= width or abs(dy) >= height:
            self.update()
            return
        # Told of a rectangle, Qt leaves the lanes of automation where they are: they move by themselves.
        self.scroll(dx, dy, self.rect())
        if self._work.isActive():
            self._work.start(_AFTER_SCROLL_MS)
        if self.hasFocus():
            # The ring stays where it is.
            for strip in (
                QRect(0, 0, width, 3 + max(0, dy)),
                QRect(0, height - 3 + min(0, dy), width, 3 - min(0, dy)),
                QRect(0, 0, 3 + max(0, dx), height),
                QRect(width - 3 + min(0, dx), 0, 3 - min(0, dx), height),
            ):
                self.update(strip)
        if dx:
            # Names stay at the left edge; where they stood before the scroll is painted anew as well.
            self.update(0, 0, STICKY_PX + 8 + max(0, dx), self.height())

    def _end_zoom(self) -> None:
        self.tiles.holds = False
        self.update()

    def _make_tiles(self) -> None:
        self._made_some = self.tiles.work(_REST_BUDGET_S) or self._made_some
        if self.tiles.lacking and monotonic() - self._made_at < _SHOW_EVERY_S:
            self._work.start(_SOON_MS)
        elif self._made_some:
            self._made_some, self._made_at = False, monotonic()
            self.update()

    def _on_outline(self, source_id: str) -> None:
        self.tiles.forget_source(source_id)
        self.update()

    def _on_opened(self) -> None:
        self.tiles.forget()
        self._tell()
        self.update()

    def _on_selection(self) -> None:
        self._tell()
        self.update()

    def _on_place(self, tick: float) -> None:
        x = round(self._state.geometry.x_of(tick))
        follows = self._state.follow and self._bridges.player.is_running and not self.hand.is_dragging
        if follows and not 0 <= x < self.width():
            self._state.scroll_to(x=tick * self._state.geometry.px_per_tick - self.width() * 0.08)
            x = round(self._state.geometry.x_of(tick))
        if x != self._play_x:
            for each in (self._play_x, x):
                self.update(each - 2, 0, 5, self.height())
            self._play_x = x

    def _tell(self) -> None:
        """What a screen reader says: the clip that keys walk from."""
        clip = self.model.clip(self.focused_clip)
        if clip is None:
            count = len(self.model.project.tracks)
            self.setAccessibleDescription(QCoreApplication.translate("Canvas", "%n track(s)", "", count))
            return
        meters = self.model.project.meter_map
        self.setAccessibleDescription(
            self.tr("Clip {name} on {track}, {start} to {end}").format(
                name=clip.name,
                track=self.model.project.track_of_clip(clip.id).name,
                start=text_of_place(clip.start_ticks, meters),
                end=text_of_place(clip.end_ticks, meters),
            )
        )

    def _tell_outline(self, source: AudioSource) -> None:
        """Called on the thread that reads: the signal carries it here, unless the canvas goes just then."""
        with suppress(RuntimeError):
            self._outline_came.emit(source.id)


def _rects(region: QRegion) -> Iterator[QRect]:
    yield from region  # type: ignore[misc]  # the stubs do not know that Qt's regions are iterable


def silent_tracks(project: Project) -> frozenset[str]:
    """The tracks that are not heard: muted, not soloed while others are, or playing into such a bus."""
    tracks = {track.id: track for track in project.tracks}
    soloed = {track.id for track in project.tracks if track.soloed}
    silent: set[str] = set()
    for track in project.tracks:
        way, output = [track], track.output
        while output in tracks and tracks[output] not in way:
            way.append(tracks[output])
            output = tracks[output].output
        heard = not soloed or any(each.id in soloed or each.solo_safe for each in way)
        if not heard or any(each.muted for each in way):
            silent.add(track.id)
    return frozenset(silent)
