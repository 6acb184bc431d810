"""Empty time opens in the song, and all behind it moves later."""

from collections.abc import Callable

import msgspec

from musicgen_desktop.document import Automation, AutomationPoint, Clip, Project, Track
from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.session.commands._curves import value_before
from musicgen_desktop.session.commands._cut import split_clip
from musicgen_desktop.timing import MeterChange, MeterMap, TempoMap, TempoPoint


def time_inserted(project: Project, at: int, length: int) -> Project:
    """The project with `length` empty ticks from `at` on.

    What begins there moves: clips, sections, chords, and changes of tempo, meter and key with them. So the
    new time has the tempo, meter, key and automation of what comes before it.

    Raises:
        UserInputError: when the meter changes later and `length` is no whole number of bars.
    """

    def later(tick: int) -> int:
        return tick + length if tick >= at else tick

    def later_end(tick: int) -> int:
        return tick + length if tick > at else tick

    loop = project.loop
    return msgspec.structs.replace(
        project,
        tempo_map=_tempo(project.tempo_map, at, length),
        meter_map=_meter(project.meter_map, at, length),
        keys=tuple(
            key if key.tick == 0 else msgspec.structs.replace(key, tick=later(key.tick))
            for key in project.keys
        ),
        chords=tuple(
            msgspec.structs.replace(
                chord,
                tick=later(chord.tick),
                length_ticks=later_end(chord.tick + chord.length_ticks) - later(chord.tick),
            )
            for chord in project.chords
        ),
        sections=tuple(
            msgspec.structs.replace(
                section,
                start_ticks=later(section.start_ticks),
                length_ticks=later_end(section.end_ticks) - later(section.start_ticks),
            )
            for section in project.sections
        ),
        markers=tuple(marker.moved_to(later(marker.tick)) for marker in project.markers),
        tracks=tuple(_track(project, track, at, later, length) for track in project.tracks),
        master=_track(project, project.master, at, later, length),
        loop=msgspec.structs.replace(
            loop,
            start_ticks=later(loop.start_ticks) if loop.end_ticks > at else loop.start_ticks,
            end_ticks=later_end(loop.end_ticks),
        ),
        end_ticks=later_end(project.end_ticks),
    )


def _tempo(tempo: TempoMap, at: int, length: int) -> TempoMap:
    before = [point for point in tempo.points if point.tick < at or point.tick == 0]
    after = [
        msgspec.structs.replace(point, tick=point.tick + length)
        for point in tempo.points
        if point.tick >= at and point.tick > 0
    ]
    if before[-1].ramp and after:
        # The ramp would take the new time to get there: it ends where that begins, and goes on behind it.
        bpm = tempo.bpm_at(at)
        held = TempoPoint(at, bpm)
        before = [*(point for point in before if point.tick < at), held]
        if after[0].tick > at + length:
            after.insert(0, TempoPoint(at + length, bpm, ramp=True))
    return TempoMap((*before, *after))


def _meter(meters: MeterMap, at: int, length: int) -> MeterMap:
    later = [change for change in meters.changes if change.bar > 1 and meters.tick_of_bar(change.bar) >= at]
    if not later:
        return meters
    bar_ticks = meters.meter_at(max(0, at - 1)).bar_ticks
    bars, rest = divmod(length, bar_ticks)
    if rest:
        raise UserInputError("The meter changes later in the song, so only whole bars can be inserted here.")
    moved = [MeterChange(change.bar + bars, change.meter) for change in later]
    return MeterMap((*(change for change in meters.changes if change not in later), *moved))


def _track(project: Project, track: Track, at: int, later: Callable[[int], int], length: int) -> Track:
    clips: list[Clip] = []
    for clip in track.clips:
        if clip.start_ticks < at < clip.end_ticks:
            left, right = split_clip(project, clip, at)
            clips += [left, right.moved_to(at + length)]
        else:
            start = later(clip.start_ticks)
            clips.append(clip if start == clip.start_ticks else clip.moved_to(start))
    curves = tuple(_curve(curve, at, length) for curve in track.automation)
    return msgspec.structs.replace(
        track, clips=tuple(sorted(clips, key=lambda clip: clip.start_ticks)), automation=curves
    )


def _curve(curve: Automation, at: int, length: int) -> Automation:
    before = [point for point in curve.points if point.tick < at]
    after = [
        msgspec.structs.replace(point, tick=point.tick + length) for point in curve.points if point.tick >= at
    ]
    held: list[AutomationPoint] = []
    value = value_before(curve, at)
    if value is not None and after and before[-1].curve == "linear" and before[-1].value != after[0].value:
        # The slope would take the new time to get there: it halts in it, and goes on behind it.
        held = [AutomationPoint(at, value, "hold")]
        if after[0].tick > at + length:
            held.append(AutomationPoint(at + length, value))
    return msgspec.structs.replace(curve, points=(*before, *held, *after))
