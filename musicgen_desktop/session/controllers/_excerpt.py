"""Part of a song as a song of its own, for MIDI files that begin where a clip does."""

from bisect import bisect_right

import msgspec

from musicgen_desktop.document import Clip, KeyChange, Project, Track
from musicgen_desktop.timing import MeterChange, MeterMap, TempoMap, TempoPoint

from ._bounced_span import cut


def excerpt(project: Project, start_ticks: int, end_ticks: int) -> Project:
    """The song from one tick to another, moved to tick 0: tempo, meters, keys, chords, markers and clips.

    Clips, chords and sections are cut at the ends. When it begins inside a bar, bars are counted from there.
    """
    span = (start_ticks, end_ticks)
    return msgspec.structs.replace(
        project,
        tempo_map=_tempo(project.tempo_map, start_ticks),
        meter_map=_meters(project.meter_map, start_ticks),
        keys=_keys(project.keys, start_ticks),
        chords=tuple(
            msgspec.structs.replace(chord, tick=first - start_ticks, length_ticks=last - first)
            for chord in project.chords
            if (first := max(chord.tick, start_ticks))
            < (last := min(chord.tick + chord.length_ticks, end_ticks))
        ),
        sections=tuple(
            msgspec.structs.replace(section, start_ticks=first - start_ticks, length_ticks=last - first)
            for section in project.sections
            if (first := max(section.start_ticks, start_ticks)) < (last := min(section.end_ticks, end_ticks))
        ),
        markers=tuple(
            marker.moved_to(marker.tick - start_ticks)
            for marker in project.markers
            if start_ticks <= marker.tick < end_ticks
        ),
        tracks=tuple(_moved(project, track, span) for track in project.tracks),
        end_ticks=end_ticks - start_ticks,
    )


def _tempo(tempo: TempoMap, start: int) -> TempoMap:
    after = bisect_right(tempo.points, start, key=lambda point: point.tick)
    first = TempoPoint(0, tempo.bpm_at(start), ramp=tempo.points[after - 1].ramp)
    later = (msgspec.structs.replace(point, tick=point.tick - start) for point in tempo.points[after:])
    return TempoMap((first, *later))


def _meters(meters: MeterMap, start: int) -> MeterMap:
    bar = meters.bar_of(start)
    later = (MeterChange(each.bar - bar + 1, each.meter) for each in meters.changes if each.bar > bar)
    return MeterMap((MeterChange(1, meters.meter_of_bar(bar)), *later))


def _keys(keys: tuple[KeyChange, ...], start: int) -> tuple[KeyChange, ...]:
    """The key that holds at the start, and those after it."""
    before = [KeyChange(0, key.key) for key in keys if key.tick <= start][-1:]
    return (*before, *(KeyChange(key.tick - start, key.key) for key in keys if key.tick > start))


def _moved(project: Project, track: Track, span: tuple[int, int]) -> Track:
    clips: list[Clip] = []
    for clip in track.clips:
        inside, _ = cut(project, clip, span)
        clips += (each.moved_to(each.start_ticks - span[0]) for each in inside)
    return msgspec.structs.replace(track, clips=tuple(clips))
