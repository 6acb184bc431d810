import msgspec
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from musicgen_desktop.document import LoopRange, Take
from musicgen_desktop.session.commands import mute_clips, set_clip_gain, set_loop
from musicgen_desktop.ui.timeline.canvas._canvas import silent_tracks
from musicgen_desktop.ui.timeline.canvas._clip_details import marks_of, text_of_db
from tests.unit.ui.timeline._hands import CTRL, wheel

from .conftest import BAR


def painted(qtbot, stage):
    """The canvas once all its tiles are made."""
    stage.canvas.grab()
    qtbot.waitUntil(lambda: not stage.canvas.tiles.lacking and not stage.canvas.tiles.holds, timeout=10_000)
    return stage.canvas.grab().toImage()


def count_of(image, box, hex_code):
    wanted = QColor(hex_code).rgb()
    return sum(
        image.pixel(x, y) == wanted
        for x in range(box.left() + 4, box.right() - 4)
        for y in range(box.top() + 18, box.bottom() - 2)
    )


def test_a_waveform_is_painted_in_the_tracks_colour_and_lower_with_less_gain(qtbot, stage):
    box = stage.canvas.rect_of("low")
    # The outline of its sound is read on a thread of its own; until it is there, tiles are made without it.
    qtbot.waitUntil(lambda: count_of(painted(qtbot, stage), box, "#f06292") > 1000, timeout=10_000)
    loud = count_of(painted(qtbot, stage), box, "#f06292")

    stage.bridges.project.ask(set_clip_gain, ("low",), -12.0)
    soft = count_of(painted(qtbot, stage), box, "#f06292")

    assert 0 < soft < loud / 2


def test_notes_are_painted_where_they_sound(qtbot, stage):
    image, box = painted(qtbot, stage), stage.canvas.rect_of("wash")

    fill = image.pixel(box.left() + round(800 * 0.05), box.bottom() - 4)
    rows = range(box.top() + 18, box.bottom() - 2)

    assert any(image.pixel(box.left() + 8, y) != fill for y in rows)
    assert all(image.pixel(box.left() + round(720 * 0.05), y) == fill for y in rows)


def test_a_muted_clip_is_hatched_and_says_so(qtbot, stage):
    box = stage.canvas.rect_of("wash")
    heard = painted(qtbot, stage).copy(box)

    stage.bridges.project.ask(mute_clips, ("wash",))

    assert painted(qtbot, stage).copy(box) != heard
    assert marks_of(stage.canvas.picture(), stage.clip("wash")) == "muted"


def test_scrolling_by_moved_pixels_looks_like_painting_anew(qtbot, stage):
    stage.state.zoom_about(0, 3.0)
    ways = ((37, 0), (160, 5), (-90, -3), (5, 9))
    for dx, dy in ways:  # once around, so that no tile is missing later
        stage.state.scroll_by(dx, dy)
        painted(qtbot, stage)
    stage.state.scroll_to(x=0, y=0)
    QApplication.processEvents()

    for dx, dy in ways:
        stage.state.scroll_by(dx, dy)
        QApplication.processEvents()
    moved = stage.panel.screen().grabWindow(stage.panel.winId()).toImage()
    stage.canvas.repaint()

    assert not moved.isNull()
    assert moved == stage.panel.screen().grabWindow(stage.panel.winId()).toImage()


def test_a_clip_that_only_moved_keeps_its_tiles(qtbot, stage):
    painted(qtbot, stage)
    clip = stage.clip("verse")
    style = next(iter(stage.canvas.tiles._strips))

    strip = stage.canvas.tiles.strip_of(clip, style)

    assert stage.canvas.tiles.strip_of(clip.moved_to(5 * BAR), style) == strip
    assert stage.canvas.tiles.strip_of(clip.with_notes(()), style) != strip


def test_a_file_that_is_gone_is_said_in_words(qtbot, stage, tmp_path):
    (tmp_path / "vox.wav").unlink()
    stage.canvas.grab()
    qtbot.waitUntil(lambda: "file" in stage.canvas.picture().missing, timeout=10_000)

    assert marks_of(stage.canvas.picture(), stage.clip("low")) == "file missing"
    stage.canvas.grab()


def test_what_may_not_be_sold_is_marked(stage):
    project = stage.project.with_take(Take(id="t", name="Take", engine="musicgen", commercial_use=False))
    clip = msgspec.structs.replace(stage.clip("verse"), take_id="t")
    picture = msgspec.structs.replace(stage.canvas.picture(), project=project)

    assert marks_of(picture, clip) == "not for sale"


def test_decibels_have_a_sign():
    assert [text_of_db(each) for each in (-6.0, 0.0, 3.25, -144.0)] == [
        "−6.0 dB",
        "0.0 dB",
        "+3.2 dB",
        "−∞ dB",
    ]


def test_tracks_are_silent_when_muted_or_when_others_are_soloed(stage):
    keys, pad = stage.project.track("keys"), stage.project.track("pad")

    assert silent_tracks(stage.project.with_track(keys.muted_as(muted=True))) == {"keys"}
    assert silent_tracks(stage.project.with_track(pad.soloed_as(soloed=True))) == {"keys", "vox", "spare"}


def test_every_size_and_zoom_can_be_painted(stage):
    stage.bridges.project.ask(set_loop, 0, BAR, enabled=True)
    stage.bridges.selection.select_span(0, BAR)
    stage.bridges.selection.select_clips(("left", "verse"))
    for size in ((1, 1), (40, 30), (300, 80), (900, 500)):
        stage.panel.resize(*size)
        for zoom in (0.0002, 0.002, 0.02, 0.5, 8.0):
            stage.state.zoom_about(0, zoom / stage.state.geometry.px_per_tick)
            stage.canvas.grab()

    assert stage.project.loop == LoopRange(0, BAR, enabled=True)


def test_far_out_every_clip_is_still_a_spot_of_its_colour(qtbot, stage):
    stage.state.zoom_about(0, 0.001 / stage.state.geometry.px_per_tick)

    image = painted(qtbot, stage)

    ground = image.pixel(stage.at(30 * BAR, "keys"))
    assert image.pixel(stage.at(BAR // 2, "keys")) != ground
    assert image.pixel(stage.at(BAR + BAR // 2, "keys")) != image.pixel(stage.at(BAR // 2, "keys"))


def test_ctrl_and_the_wheel_zoom_about_the_mouse(stage):
    place = stage.at(2 * BAR, "keys")

    wheel(stage.canvas, place, 120, CTRL)

    assert stage.state.geometry.px_per_tick > 0.05
    assert abs(stage.state.geometry.x_of(2 * BAR) - place.x()) <= 1.0


def test_the_view_turns_the_page_with_the_play_head(stage, monkeypatch):
    monkeypatch.setattr(type(stage.bridges.player), "is_running", True)
    stage.state.zoom_about(0, 8.0)
    stage.bridges.player.place_changed.emit(4.0 * BAR)

    assert 0 < stage.state.geometry.x_of(4 * BAR) < stage.canvas.width() * 0.2


def test_without_following_the_view_stays(stage, monkeypatch):
    monkeypatch.setattr(type(stage.bridges.player), "is_running", True)
    stage.state.set_follow(False)
    stage.state.zoom_about(0, 8.0)

    stage.bridges.player.place_changed.emit(4.0 * BAR)

    assert stage.state.geometry.scroll_x == 0


def test_the_rest_of_the_clip_under_the_mouse_shows_its_handles(qtbot, stage):
    box = stage.canvas.rect_of("low")
    before = painted(qtbot, stage).copy(box)

    qtbot.mouseMove(stage.canvas, QPoint(box.center().x(), box.bottom() - 6))

    assert stage.canvas.picture().hover.clip_id == "low"
    assert painted(qtbot, stage).copy(box) != before
