"""Songs with all that makes an exchange hard: tempo ramps, odd meters, groups in groups, sends, curves."""

import random

from musicgen_desktop.document import (
    AudioClip,
    AudioSource,
    Automation,
    AutomationPoint,
    NotesClip,
    Project,
    Send,
    Track,
)
from musicgen_desktop.music import Control, Note, Patch, one_key_at_a_time
from musicgen_desktop.timing import PPQ, Meter, MeterChange, MeterMap, TempoMap, TempoPoint


def a_song(*tracks_, **changes):
    song = {
        "id": "song",
        "name": "Night Drive",
        "tempo_map": TempoMap.constant(120.0),
        "meter_map": MeterMap.constant(Meter(4, 4)),
        "master": Track("master", "Master", "master"),
        "tracks": tracks_,
    } | changes
    return Project(**song)


def a_source(**changes):
    source = {
        "id": "s1",
        "name": "vox",
        "path": "audio/vox.wav",
        "content_hash": "",
        "rate": 44_100,
        "channels": 2,
        "frames": 441_000,
    } | changes
    return AudioSource(**source)


def a_wild_song(seed, notes):
    """Ramps, odd meters, groups in groups, sends, automation, and about as many notes as asked for."""
    dice = random.Random(seed)
    end = 64 * PPQ
    marks = sorted(dice.sample(range(1, end), 7))
    tempo = [TempoPoint(0, dice.uniform(60, 180), ramp=dice.random() < 0.5)]
    tempo += [TempoPoint(tick, dice.uniform(30, 300), ramp=dice.random() < 0.6) for tick in marks]
    meters = MeterMap(
        tuple(
            MeterChange(bar, dice.choice([Meter(7, 8), Meter(4, 4), Meter(5, 4), Meter(6, 8)]))
            for bar in (1, *sorted(dice.sample(range(2, 14), 3)))
        )
    )
    source = a_source()
    made = []
    for number in range(6):
        clips = []
        for clip in range(5):
            start, length = dice.randrange(end), dice.randrange(960, 12 * PPQ)
            inner = [
                Note(at, dice.randint(1, 90), 36 + index % 48, dice.randint(1, 127))
                for index in range(notes // 30)
                for at in [index * 97 % length]
            ]
            controls = [
                Control(0, "cc", 1, dice.randrange(128)),
                Control(length // 3, "pitch_bend", 0, dice.randrange(-8_192, 8_192)),
                Control(length // 2, "pitch_bend"),
            ]
            played = tuple(one_key_at_a_time(inner))
            clips.append(NotesClip(f"c{number}-{clip}", "", start, length, played, tuple(controls)))
        made.append(
            Track(
                f"t{number}",
                f"Notes {number}",
                "notes",
                clips=tuple(clips),
                patch=Patch("general_midi", program=number * 9, bank=number % 3, is_drums=number == 2),
                output=dice.choice(["g1", "g2", None]),
                sends=(Send(f"s{number}", "room", -9.0, pre_fader=dice.random() < 0.5),),
            )
        )
    sound = [
        AudioClip(
            f"a{number}",
            "",
            dice.randrange(end),
            dice.randrange(100, 9_600),
            "s1",
            dice.randrange(9_000),
            -3.0,
            10.0,
            25.0,
        )
        for number in range(9)
    ]
    curve = Automation(
        "curve",
        "gain_db",
        tuple(AutomationPoint(tick, dice.uniform(-40, 6)) for tick in sorted(dice.sample(range(end), 9))),
    )
    made.append(Track("vox", "Vox", "audio", clips=tuple(sound), automation=(curve,)))
    made += [
        Track("g2", "Inner", "bus", output="g1"),
        Track("g1", "Outer", "bus"),
        Track("room", "Room", "bus"),
    ]
    return a_song(*made, tempo_map=TempoMap(tuple(tempo)), meter_map=meters, sources=(source,))
