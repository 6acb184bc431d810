"""Whatever commands follow each other: the project stays sound, and undo leads all the way back."""

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from musicgen_desktop.document import TRACK_COLOURS, check_project
from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.playback.mixer import EFFECTS
from musicgen_desktop.session import commands
from musicgen_desktop.session.commands import Edit
from musicgen_desktop.session.store import ProjectStore

GRID = 480


class Hand:
    """Picks things of a project by number, as a hand would by looking."""

    def __init__(self, project, numbers):
        self.project = project
        self._numbers = iter(numbers)

    def number(self):
        return next(self._numbers)

    def one(self, things):
        things = list(things)
        if not things:
            raise UserInputError("There is none.")
        return things[self.number() % len(things)]

    def tick(self):
        return (self.number() - 4) * GRID

    def length(self):
        return self.number() * GRID

    def track(self):
        return self.one(self.project.all_tracks)

    def track_ids(self):
        return list(dict.fromkeys((self.track().id, self.track().id)))

    def clip(self):
        return self.one(clip for track in self.project.tracks for clip in track.clips)

    def clip_ids(self):
        return list(dict.fromkeys((self.clip().id, self.clip().id)))

    def insert(self):
        return self.one((track.id, part.id) for track in self.project.all_tracks for part in track.inserts)

    def send(self):
        return self.one((track.id, send.id) for track in self.project.tracks for send in track.sends)

    def curve(self):
        return self.one(
            (track.id, curve.id) for track in self.project.all_tracks for curve in track.automation
        )


def copied(hand):
    clips = [hand.clip(), hand.clip()]
    return [(clip, hand.project.track_of_clip(clip.id).id) for clip in clips]


def parameter(hand):
    track_id, insert_id = hand.insert()
    insert = next(each for each in hand.project.track(track_id).inserts if each.id == insert_id)
    knob = hand.one(EFFECTS[insert.effect].parameters)
    share = hand.number() / 64
    return track_id, insert_id, knob.name, knob.low + share * (knob.high - knob.low)


c = commands
COMMANDS = {
    "move clips": lambda p, h: c.move_clips(p, h.clip_ids(), by_ticks=h.tick(), by_tracks=h.number() % 7 - 3),
    "copy clips": lambda p, h: c.copy_clips(p, h.clip_ids(), by_ticks=h.tick(), by_tracks=h.number() % 7 - 3),
    "trim clip": lambda p, h: c.trim_clip(p, h.clip().id, start_ticks=h.tick(), end_ticks=h.tick()),
    "split clips": lambda p, h: c.split_clips(p, h.clip_ids(), h.tick()),
    "duplicate clips": lambda p, h: c.duplicate_clips(p, h.clip_ids()),
    "glue clips": lambda p, h: c.glue_clips(p, h.clip_ids()),
    "delete clips": lambda p, h: c.delete_clips(p, h.clip_ids()[:1]),
    "set clip gain": lambda p, h: c.set_clip_gain(p, h.clip_ids(), h.number() - 30),
    "set fades": lambda p, h: c.set_fades(p, h.clip().id, fade_in_ms=h.number() * 90, fade_out_ms=h.number()),
    "crossfade clips": lambda p, h: c.crossfade_clips(p, h.clip().id, h.clip().id),
    "reverse clips": lambda p, h: c.reverse_clips(p, h.clip_ids()),
    "loop clip": lambda p, h: c.loop_clip(p, h.clip().id, loop_length_ticks=h.length()),
    "repeat clip": lambda p, h: c.repeat_clip(p, h.clip().id, end_ticks=h.tick()),
    "mute clips": lambda p, h: c.mute_clips(p, h.clip_ids(), muted=bool(h.number() % 2)),
    "paste clips": lambda p, h: c.paste_clips(p, copied(h), h.tick()),
    "add notes clip": lambda p, h: c.add_notes_clip(p, h.track().id, h.tick(), h.length()),
    "insert time": lambda p, h: c.insert_time(p, h.tick(), h.tick()),
    "delete time": lambda p, h: c.delete_time(p, h.tick(), h.tick()),
    "add track": lambda p, h: c.add_track(p, kind=h.one(("audio", "notes", "bus")), after=h.track().id),
    "delete tracks": lambda p, h: c.delete_tracks(p, h.track_ids()[:1]),
    "duplicate track": lambda p, h: c.duplicate_track(p, h.track().id),
    "colour track": lambda p, h: c.color_track(p, h.track().id, h.one(TRACK_COLOURS)),
    "move track": lambda p, h: c.move_track(p, h.track().id, h.number()),
    "mute tracks": lambda p, h: c.mute_tracks(p, h.track_ids()),
    "solo tracks": lambda p, h: c.solo_tracks(p, h.track_ids(), exclusive=bool(h.number() % 2)),
    "arm tracks": lambda p, h: c.arm_tracks(p, h.track_ids(), exclusive=bool(h.number() % 2)),
    "group tracks": lambda p, h: c.group_tracks(p, h.track_ids()),
    "route track": lambda p, h: c.route_track(p, h.track().id, h.track().id),
    "set gain": lambda p, h: c.set_gain(p, h.track().id, h.number() - 30),
    "add insert": lambda p, h: c.add_insert(p, h.track().id, h.one(EFFECTS), h.number() % 4),
    "remove insert": lambda p, h: c.remove_insert(p, *h.insert()),
    "move insert": lambda p, h: c.move_insert(p, *h.insert(), h.number() % 4, to_track=h.track().id),
    "set parameter": lambda p, h: c.set_parameter(p, *parameter(h)),
    "add send": lambda p, h: c.add_send(p, h.track().id, h.track().id),
    "toggle send": lambda p, h: c.toggle_send(p, *h.send()),
    "remove send": lambda p, h: c.remove_send(p, *h.send()),
    "add automation": lambda p, h: c.add_automation(
        p, (track := h.track()).id, h.one(c.automation_targets(p, track)).target
    ),
    "set point": lambda p, h: c.set_point(p, *h.curve(), h.tick(), h.number() / 64),
    "delete points": lambda p, h: c.delete_points(p, *h.curve(), h.tick(), h.tick()),
    "remove automation": lambda p, h: c.remove_automation(p, *h.curve()),
    "set tempo": lambda p, h: c.set_tempo(p, h.tick(), 60 + h.number(), ramp=bool(h.number() % 2)),
    "move tempo": lambda p, h: c.move_tempo(p, h.one(p.tempo_map.points).tick, h.tick()),
    "delete tempo": lambda p, h: c.delete_tempo(p, h.one(p.tempo_map.points).tick),
    "set meter": lambda p, h: c.set_meter(p, h.number() % 9, h.one(("4/4", "3/4", "7/8"))),
    "delete meter": lambda p, h: c.delete_meter(p, h.one(p.meter_map.changes).bar),
    "set key": lambda p, h: c.set_key(p, h.number() % 9, h.one(("C", "F#m", "D dorian"))),
    "set chord": lambda p, h: c.set_chord(p, h.tick(), h.length(), h.one(("C", "Am7", "F/A"))),
    "move chord": lambda p, h: c.move_chord(p, h.one(p.chords).tick, h.tick()),
    "delete chord": lambda p, h: c.delete_chord(p, h.one(p.chords).tick),
    "add section": lambda p, h: c.add_section(p, "Part", h.tick(), h.length()),
    "move section": lambda p, h: c.move_section(p, h.one(p.sections).id, h.tick()),
    "resize section": lambda p, h: c.resize_section(p, h.one(p.sections).id, end_ticks=h.tick()),
    "duplicate section": lambda p, h: c.duplicate_section(p, h.one(p.sections).id),
    "delete section": lambda p, h: c.delete_section(p, h.one(p.sections).id),
    "add marker": lambda p, h: c.add_marker(p, "Here", h.tick()),
    "move marker": lambda p, h: c.move_marker(p, h.one(p.markers).id, h.tick()),
    "set loop": lambda p, h: c.set_loop(p, h.tick(), h.tick(), enabled=bool(h.number() % 2)),
    "set end": lambda p, h: c.set_end(p, h.tick()),
}
STEP = st.tuples(st.sampled_from(sorted(COMMANDS)), st.lists(st.integers(0, 64), min_size=8, max_size=8))


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEP, min_size=1, max_size=30))
def test_any_commands_leave_a_sound_project_and_a_way_back(small_song, steps):
    store = ProjectStore(small_song)
    for name, numbers in steps:
        before = store.project
        try:
            made = COMMANDS[name](before, Hand(before, numbers))
        except UserInputError:
            assert store.project is before
            continue
        edit = made if isinstance(made, Edit) else made[0]
        check_project(edit.project, collected=False)
        assert (edit.project == before) == (edit.project is before)
        store.apply(edit.label, edit.project)
    last, history = store.project, store.history

    while store.undo():
        pass
    undone = store.project
    while store.redo():
        pass

    assert undone is small_song
    assert store.project is last
    assert store.history == history


def rich(project):
    """A song in which there is something for every command."""
    project = c.add_marker(project, "Here", GRID)[0].project
    project = c.set_tempo(project, 4 * GRID, 90).project
    project = c.set_meter(project, 3, "3/4").project
    project = c.copy_clips(project, ["v1"], by_ticks=GRID)[0].project
    return c.split_clips(project, ["k1"], GRID)[0].project


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_of_the_list_can_change_something(small_song, name):
    """Else the test of them all would say nothing about it."""
    song, dice = rich(small_song), random.Random(1)

    def changes():
        try:
            made = COMMANDS[name](song, Hand(song, [dice.randrange(65) for _ in range(8)]))
        except UserInputError:
            return False
        return (made if isinstance(made, Edit) else made[0]).project is not song

    assert any(changes() for _ in range(300))
