"""Time put in and taken out moves everything behind it."""

import msgspec
import pytest

from musicgen_desktop.document import Automation, AutomationPoint, KeyChange, LoopRange, Marker
from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.session.commands import delete_time, insert_time
from musicgen_desktop.timing import Meter, MeterChange, MeterMap, TempoMap, TempoPoint

BAR = 3840


def spans(project, track_id):
    return [(clip.start_ticks, clip.end_ticks) for clip in project.track(track_id).clips]


def with_curve(project, *points):
    curve = Automation("curve", "pan", tuple(AutomationPoint(*point) for point in points))
    return project.with_track(project.track("bass").with_automation(curve))


def curve_of(project):
    return project.track("bass").automation[0]


def test_inserted_time_splits_clips_and_moves_what_is_behind(small_song):
    edit = insert_time(small_song, BAR, 3 * BAR)

    assert spans(edit.project, "keys") == [(0, BAR), (3 * BAR, 4 * BAR)]
    assert spans(edit.project, "bass") == [(0, BAR), (3 * BAR, 4 * BAR)]
    assert spans(edit.project, "voice") == [(3 * BAR, 4 * BAR)]
    assert [(each.tick, each.length_ticks) for each in edit.project.chords] == [(0, BAR), (3 * BAR, BAR)]
    assert [each.start_ticks for each in edit.project.sections] == [0, 3 * BAR]
    assert edit.label == "Insert time"


def test_deleting_inserted_time_leaves_the_song_as_it_sounded(small_song):
    longer = insert_time(small_song, BAR + 960, 2 * BAR).project

    again = delete_time(longer, BAR + 960, 2 * BAR).project

    assert again.sections == small_song.sections
    assert again.chords == small_song.chords
    assert again.tempo_map == small_song.tempo_map
    heard = [note for clip in again.track("bass").clips for note in clip.sounding_notes()]
    assert heard == list(small_song.track("bass").clips[0].sounding_notes())


def test_deleted_time_takes_the_middle_out_of_clips(small_song):
    edit = delete_time(small_song, 960, BAR + 960)

    assert spans(edit.project, "bass") == [(0, 960), (960, BAR)]
    assert spans(edit.project, "voice") == [(960, BAR)]
    (voice,) = edit.project.track("voice").clips
    assert (voice.id, voice.source_offset_frames) == ("v1", 96_000 + 24_000)
    assert [(each.start_ticks, each.end_ticks) for each in edit.project.sections] == [(0, 960), (960, BAR)]


def test_what_lies_inside_deleted_time_goes(small_song):
    project = msgspec.structs.replace(
        small_song,
        markers=(Marker("m1", "Here", BAR + 5), Marker("m2", "Later", 2 * BAR)),
        loop=LoopRange(BAR, 2 * BAR, enabled=True),
        end_ticks=3 * BAR,
    )

    after = delete_time(project, BAR, 2 * BAR).project

    assert after.track("voice").clips == ()
    assert [section.name for section in after.sections] == ["Verse"]
    assert [(marker.id, marker.tick) for marker in after.markers] == [("m2", BAR)]
    assert after.loop == LoopRange(BAR, BAR, enabled=False)
    assert after.end_ticks == 2 * BAR


def test_loop_markers_and_end_move_with_inserted_time(small_song):
    project = msgspec.structs.replace(
        small_song, markers=(Marker("m", "Here", BAR),), loop=LoopRange(0, BAR), end_ticks=2 * BAR
    )

    after = insert_time(project, BAR, 2 * BAR).project

    assert (after.markers[0].tick, after.loop, after.end_ticks) == (2 * BAR, LoopRange(0, BAR), 3 * BAR)


def test_a_tempo_change_moves_with_the_bar_it_belongs_to(small_song):
    tempo = TempoMap((TempoPoint(0, 120.0), TempoPoint(BAR, 90.0)))
    project = msgspec.structs.replace(small_song, tempo_map=tempo)

    after = insert_time(project, BAR, 2 * BAR).project.tempo_map

    assert after.points == (TempoPoint(0, 120.0), TempoPoint(2 * BAR, 90.0))


def test_a_ramp_halts_in_inserted_time(small_song):
    tempo = TempoMap((TempoPoint(0, 100.0, ramp=True), TempoPoint(2 * BAR, 140.0)))
    project = msgspec.structs.replace(small_song, tempo_map=tempo)

    after = insert_time(project, BAR, 2 * BAR).project.tempo_map

    assert [after.bpm_at(bar * BAR) for bar in (0, 1, 2, 3)] == [100.0, 120.0, 120.0, 140.0]
    assert after.bpm_at(BAR // 2) == 110.0
    assert after.bpm_at(BAR + 5) == 120.0


@pytest.mark.parametrize("span", [(4 * BAR, 6 * BAR), (1, 2 * BAR), (6 * BAR, 9 * BAR)])
def test_before_deleted_time_a_ramp_is_as_steep_as_it_was(small_song, span):
    tempo = TempoMap((TempoPoint(0, 60.0, ramp=True), TempoPoint(8 * BAR, 120.0)))
    project = msgspec.structs.replace(small_song, tempo_map=tempo)
    start, end = span

    after = delete_time(project, start, end).project.tempo_map

    assert after.seconds_at(start) == pytest.approx(tempo.seconds_at(start), abs=1e-6)
    assert after.bpm_at(start // 2) == tempo.bpm_at(start // 2)
    assert after.bpm_at(start) == tempo.bpm_at(end)


def test_before_deleted_time_a_knob_rests_where_its_first_point_held_it(small_song):
    points = (AutomationPoint(BAR, -6.0), AutomationPoint(3 * BAR, 0.0))
    curve = Automation("a", "gain_db", points)
    project = small_song.with_track(small_song.track("bass").with_automation(curve))

    after = delete_time(project, BAR // 2, 2 * BAR).project.track("bass").automation[0]

    assert after.value_at(BAR // 2 - 1) == -6.0
    assert after.value_at(BAR // 2) == -3.0
    assert after.value_at(3 * BAR // 2) == 0.0


def test_behind_deleted_time_tempo_and_key_are_what_they_were(small_song):
    project = msgspec.structs.replace(
        small_song,
        tempo_map=TempoMap((TempoPoint(0, 120.0), TempoPoint(BAR + 960, 90.0))),
        keys=(KeyChange(0, "C major"), KeyChange(BAR, "D major"), KeyChange(4 * BAR, "E major")),
    )

    after = delete_time(project, BAR, 2 * BAR).project

    assert after.tempo_map.points == (TempoPoint(0, 120.0), TempoPoint(BAR, 90.0))
    assert after.keys == (KeyChange(0, "C major"), KeyChange(BAR, "D major"), KeyChange(3 * BAR, "E major"))


def test_deleting_the_start_keeps_a_tempo_and_a_key_there(small_song):
    project = msgspec.structs.replace(
        small_song, tempo_map=TempoMap((TempoPoint(0, 120.0), TempoPoint(2 * BAR, 90.0)))
    )

    after = delete_time(project, 0, BAR).project

    assert after.tempo_map.points == (TempoPoint(0, 120.0), TempoPoint(BAR, 90.0))
    assert after.keys == (KeyChange(0, "C major"),)


def test_meter_changes_move_by_whole_bars_only(small_song):
    meters = MeterMap((MeterChange(1, Meter(4, 4)), MeterChange(3, Meter(3, 4))))
    project = msgspec.structs.replace(small_song, meter_map=meters)

    longer = insert_time(project, BAR, 3 * BAR).project
    shorter = delete_time(project, 0, BAR).project

    assert longer.meter_map.changes[1] == MeterChange(5, Meter(3, 4))
    assert shorter.meter_map.changes[1] == MeterChange(2, Meter(3, 4))
    with pytest.raises(UserInputError, match="whole bars"):
        insert_time(project, BAR, BAR + 960)
    with pytest.raises(UserInputError, match="whole bars"):
        delete_time(project, BAR, BAR + 960)


def test_a_meter_change_in_deleted_bars_holds_from_the_cut_on(small_song):
    meters = MeterMap((MeterChange(1, Meter(4, 4)), MeterChange(2, Meter(3, 4))))
    project = msgspec.structs.replace(small_song, meter_map=meters)

    after = delete_time(project, BAR, BAR + 2880).project

    assert after.meter_map == meters
    early = delete_time(project, 0, BAR).project.meter_map
    assert early == MeterMap.constant(Meter(3, 4))


def test_automation_halts_in_inserted_time(small_song):
    project = with_curve(small_song, (0, -1.0), (2 * BAR, 1.0))

    curve = curve_of(insert_time(project, BAR, 3 * BAR).project)

    assert [curve.value_at(bar * BAR) for bar in (0, 1, 2, 3, 4)] == [-1.0, 0.0, 0.0, 0.0, 1.0]
    assert curve.value_at(BAR // 2) == -0.5


def test_automation_jumps_where_time_was_deleted(small_song):
    project = with_curve(small_song, (0, -1.0), (4 * BAR, 1.0))

    curve = curve_of(delete_time(project, BAR, 3 * BAR).project)

    assert curve.value_at(BAR - 1) == pytest.approx(-0.5, abs=1e-3)
    assert curve.value_at(BAR) == 0.5
    assert curve.value_at(2 * BAR) == 1.0


def test_automation_that_rests_gets_no_points(small_song):
    project = with_curve(small_song, (0, 0.25), (3 * BAR, 0.25))

    assert len(curve_of(insert_time(project, BAR, 2 * BAR).project).points) == 2
    held = with_curve(small_song, (0, 0.25, "hold"), (3 * BAR, 1.0))
    assert len(curve_of(delete_time(held, BAR, 2 * BAR).project).points) == 2


def test_points_inside_deleted_time_leave_the_value_behind_it(small_song):
    project = with_curve(small_song, (0, 0.0, "hold"), (BAR + 5, 1.0, "hold"))

    curve = curve_of(delete_time(project, BAR, 2 * BAR).project)

    assert [curve.value_at(tick) for tick in (BAR - 1, BAR, 2 * BAR)] == [0.0, 1.0, 1.0]


def test_empty_spans_are_refused(small_song):
    for command in (insert_time, delete_time):
        with pytest.raises(UserInputError, match="empty"):
            command(small_song, BAR, BAR)
        with pytest.raises(UserInputError, match="before the song"):
            command(small_song, -1, BAR)
