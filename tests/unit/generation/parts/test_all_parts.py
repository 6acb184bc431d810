"""What holds for every part of every style."""

import hashlib

import pytest

from musicgen_desktop.generation.composer._style_files import Styles
from musicgen_desktop.generation.composer.parts import ORDER, PartNotes, write_part, write_parts

ALL = sorted(Styles())
METERS = ("3/4", "6/8", "5/4", "7/8", "12/8", "9/8", "2/4")


def flaws(part: PartNotes, end: int) -> list[str]:
    found = []
    sounding: dict[int, int] = {}
    for note in part.notes:
        if note.start_ticks < 0 or note.length_ticks < 1 or note.end_ticks > end:
            found.append(f"outside: {note}")
        if not 1 <= note.velocity <= 127:
            found.append(f"velocity: {note}")
        if note.start_ticks < sounding.get(note.pitch, 0):
            found.append(f"overlap: {note}")
        sounding[note.pitch] = note.end_ticks
    found += [f"control: {control}" for control in part.controls if not 0 <= control.tick <= end]
    return found


@pytest.mark.parametrize("style", ALL)
def test_notes_lie_in_the_song_and_never_over_their_own_pitch(a_plan, style):
    plan = a_plan(style, seed=3)

    parts = write_parts(plan)

    assert tuple(parts) == ORDER
    for role, part in parts.items():
        assert flaws(part, plan.length_ticks) == [], role
        assert part.notes, role


@pytest.mark.parametrize("meter", METERS)
@pytest.mark.parametrize("style", ["pop", "funk", "jazz", "house", "waltz", "folk", "blues"])
def test_every_meter_is_played(a_plan, style, meter):
    plan = a_plan(style, meter=meter, form=(("verse", "A", 4, 0.6),))

    parts = write_parts(plan)

    for role, part in parts.items():
        assert flaws(part, plan.length_ticks) == [], role
        assert part.notes, role


@pytest.mark.parametrize("style", ALL)
def test_a_seed_is_always_the_same_song(a_plan, style):
    assert write_parts(a_plan(style, seed=11)) == write_parts(a_plan(style, seed=11))


@pytest.mark.parametrize("style", ALL)
def test_no_two_seeds_are_alike(a_plan, style):
    lines = {write_parts(a_plan(style, seed=seed, stems=("melody",)))["melody"] for seed in range(8)}

    assert len(lines) == 8


def test_a_pinned_song_is_the_same_on_every_machine(a_plan):
    """Written down once; a deliberate change of the players changes it, a platform must not."""
    parts = write_parts(a_plan(seed=1))

    text = repr([(role, part.notes, part.controls) for role, part in parts.items()])
    assert hashlib.blake2b(text.encode(), digest_size=8).hexdigest() == "91e3631c819b64f7"


@pytest.mark.parametrize("role", ORDER)
def test_a_part_written_again_with_the_songs_seed_is_the_same(a_plan, role):
    plan = a_plan("soul", seed=5)
    parts = write_parts(plan)

    assert write_part(plan, role, parts, plan.seed) == parts[role]


@pytest.mark.parametrize("role", ORDER)
def test_a_part_written_again_with_another_seed_is_another(a_plan, role):
    plan = a_plan("pop", seed=5)
    parts = write_parts(plan)

    others = [write_part(plan, role, parts, seed) for seed in (6, 7, 8)]

    assert any(other.notes != parts[role].notes for other in others)


def test_a_part_hears_only_those_before_it(a_plan):
    plan = a_plan("funk", seed=2)
    parts = write_parts(plan)
    without_later = {"drums": parts["drums"]}

    assert write_part(plan, "bass", without_later, plan.seed) == parts["bass"]
    assert write_part(plan, "bass", {**parts, "melody": PartNotes()}, plan.seed) == parts["bass"]


def test_an_unknown_role_is_a_bug(a_plan):
    with pytest.raises(ValueError, match="kazoo"):
        write_part(a_plan("pop"), "kazoo", {}, 1)


def test_only_the_stems_of_a_section_play_in_it(a_plan):
    plan = a_plan("pop", stems=("drums", "melody"))

    assert tuple(write_parts(plan)) == ("drums", "melody")


def test_the_first_note_of_each_bar_is_near_its_line(a_plan):
    for style in ALL:
        plan = a_plan(style, seed=4)
        limit = plan.tempo_map.tick_at(0.0101)
        for note in write_parts(plan)["bass"].notes:
            within = note.start_ticks % plan.meter.bar_ticks
            if within < 60:
                assert within <= limit, style


def test_a_song_with_an_outro_ends_on_a_held_chord(a_plan):
    plan = a_plan("rock", loop=False, form=(("verse", "A", 4, 0.5), ("outro", "Z", 4, 0.5)))

    parts = write_parts(plan)

    last = plan.length_ticks - plan.meter.bar_ticks
    assert {note.start_ticks - last for note in parts["bass"].notes if note.start_ticks >= last} <= set(
        range(25)
    )
    assert max(note.end_ticks for note in parts["chords"].notes) > plan.length_ticks - 400
    assert len({note.start_ticks for note in parts["drums"].notes if note.start_ticks >= last}) <= 2
