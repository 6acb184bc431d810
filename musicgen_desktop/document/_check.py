"""Whether a project is one that every room can trust: ranges, counts, ids and routing."""

import re
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath, PureWindowsPath

from ._clip import AudioClip, Clip, NotesClip
from ._mixing import Automation
from ._origin import Origin
from ._project import Project
from ._rules import (
    LONGEST_NAME,
    BadProjectError,
    require_color,
    require_count,
    require_id,
    require_json,
    require_name,
    require_range,
    require_text,
    require_unique,
    short,
)
from ._track import Track

_LAST_TICK = 2**31  # 26 days at 60 BPM
_LAST_FRAME = 2**40
_TARGET = re.compile(r"gain_db|pan|muted|insert:(?P<insert>[^:]+):.+|send:(?P<send>[^:]+):gain_db", re.DOTALL)


def check_project(project: Project, *, known: Project | None = None, collected: bool = True) -> None:
    """Look over the whole project.

    Args:
        project: what to look at.
        known: a version that passed already; clips and curves shared with it are not looked at again, so
            that a check after each edit stays cheap.
        collected: whether every audio source must lie inside the project folder.

    Raises:
        BadProjectError: a number out of its range or not finite, too many of something, two things with one
            id, an id that leads nowhere (a clip's `take_id` may: a take can be thrown away), a send to
            itself, or a routing that runs in a circle.
    """
    _check_song(project)
    _check_bindings(project)
    _check_sources(project, collected=collected)
    _check_takes(project, known)
    if project is not known:
        _check_tracks(project, known)
    _check_routing(project)


def _check_song(project: Project) -> None:
    require_name("The project", project.name)
    require_id("The project", project.id)
    require_range("The project", "sample rate", project.rate, 8_000, 384_000)
    require_range("The project", "end", project.end_ticks, 0, _LAST_TICK)
    require_count("The project", "tempo points", len(project.tempo_map.points))
    require_count("The project", "meter changes", len(project.meter_map.changes))
    require_range("The tempo map", "last tick", project.tempo_map.points[-1].tick, 0, _LAST_TICK)
    require_range("The loop", "start", project.loop.start_ticks, 0, _LAST_TICK)
    require_range("The loop", "end", project.loop.end_ticks, project.loop.start_ticks, _LAST_TICK)
    for what in ("keys", "chords", "sections", "markers", "sources", "takes", "tracks"):
        require_count("The project", what, len(getattr(project, what)))
    for key in project.keys:
        require_range("A key change", "tick", key.tick, 0, _LAST_TICK)
        require_name("A key change", key.key)
    for chord in project.chords:
        require_range("A chord", "tick", chord.tick, 0, _LAST_TICK)
        require_range("A chord", "length", chord.length_ticks, 1, _LAST_TICK)
        require_name("A chord", chord.symbol)
    for section in project.sections:
        where = f"Section “{short(section.name)}”"
        require_name(where, section.name)
        require_range(where, "start", section.start_ticks, 0, _LAST_TICK)
        require_range(where, "length", section.length_ticks, 1, _LAST_TICK)
        require_range(where, "intensity", section.intensity, 0.0, 1.0)
    for marker in project.markers:
        require_name("A marker", marker.name)
        require_range(f"Marker “{short(marker.name)}”", "tick", marker.tick, 0, _LAST_TICK)
    require_unique("sections", (section.id for section in project.sections))
    require_unique("markers", (marker.id for marker in project.markers))


def _check_bindings(project: Project) -> None:
    require_count("The project", "learned controllers", len(project.midi_bindings))
    require_unique("learned controllers", (binding.id for binding in project.midi_bindings))
    for binding in project.midi_bindings:
        require_id("A learned controller", binding.track_id)
        require_name("A learned controller", binding.target)
        require_range("A learned controller", "channel", binding.controller.channel, 0, 15)
        require_range("A learned controller", "number", binding.controller.number, 0, 127)


def _check_sources(project: Project, *, collected: bool) -> None:
    require_unique("audio files", (source.id for source in project.sources))
    for source in project.sources:
        where = f"Audio file “{short(source.name)}”"
        require_name(where, source.name)
        require_text(where, source.path)
        require_range(where, "sample rate", source.rate, 1, 10_000_000)
        require_range(where, "number of channels", source.channels, 1, 1_024)
        require_range(where, "length in frames", source.frames, 0, _LAST_FRAME)
        _check_origins(where, source.origins or ())
        if collected and not _is_inside(source.path):
            raise BadProjectError(
                f"{where} points outside the project folder (“{short(source.path)}”): "
                "collect the files into the project first."
            )


def _check_origins(where: str, origins: Iterable[Origin]) -> None:
    listed = tuple(origins)
    require_count(where, "files of origin", len(listed))
    for origin in listed:
        require_name(where, origin.file)
        require_name(where, origin.rights)


def _is_inside(path: str) -> bool:
    """Whether a path stays below the folder on every platform: no root, no drive, no way up, no share."""
    windows = PureWindowsPath(path)
    return (
        0 < len(path) <= LONGEST_NAME
        and "\0" not in path
        and "\\" not in path
        and ":" not in path
        and not path.startswith("~")
        and not windows.drive
        and not windows.root
        and not PurePosixPath(path).is_absolute()
        and ".." not in PurePosixPath(path).parts
        and PurePosixPath(path).parts != ()
    )


def _check_takes(project: Project, known: Project | None) -> None:
    require_unique("takes", (take.id for take in project.takes))
    seen = {id(take) for take in known.takes} if known is not None else set()
    for take in project.takes:
        where = f"Take “{short(take.name)}”"
        if id(take) in seen:
            continue
        for text in (take.name, take.engine, take.model, take.licence, take.created):
            require_name(where, text)
        require_count(where, "takes", len(take.made_from))
        for made_from in take.made_from:
            require_id(where, made_from)
        require_range(where, "seed", take.seed, -(2**63), 2**64 - 1)
        require_json(where, "request", take.request)
        require_json(where, "measured values", take.measured)


def _check_tracks(project: Project, known: Project | None) -> None:
    require_unique("tracks", (track.id for track in project.all_tracks))
    if project.master.kind != "master" or project.master.output is not None or project.master.sends:
        raise BadProjectError("The master track must be of kind “master”, with neither output nor sends.")
    same_files = known is not None and known.sources is project.sources
    old = {track.id: track for track in known.all_tracks} if known is not None and same_files else {}
    sources = {source.id for source in project.sources}
    new_ids: list[str] = []
    for track in project.all_tracks:
        before = old.get(track.id)
        if track is before:
            continue
        where = f"Track “{short(track.name)}”"
        _check_strip(where, track)
        _check_frozen(where, track, sources)
        _check_midi_output(where, track)
        if track is not project.master and track.kind == "master":
            raise BadProjectError(f"{where} is of kind “master”, but a project has one master only.")
        if before is None or before.kind != track.kind:
            new_ids += _check_clips(track, (), sources)
        elif track.clips is not before.clips:
            new_ids += _check_clips(track, before.clips, sources)
    if new_ids:
        # A clip may have come from another track, so its id is looked for on all of them.
        every_id = [clip.id for track in project.tracks for clip in track.clips]
        require_count("The project", "clips", len(every_id))
        if len(set(every_id)) != len(every_id):
            raise BadProjectError("The project has two clips with one id.")
    if not old:  # a total over all notes is too slow for every edit; saving looks again
        require_count("The project", "notes", sum(_note_count(track.clips) for track in project.tracks))


def _check_clips(track: Track, known: tuple[Clip, ...], sources: set[str]) -> list[str]:
    """Look at the clips that are not among the known ones. The ids that are new to the track."""
    seen = {id(clip) for clip in known}
    fresh = [clip for clip in track.clips if id(clip) not in seen]
    for clip in fresh:
        require_id(f"Track “{short(track.name)}”", clip.id)
        _check_clip(track, clip, sources)
    require_count(f"Track “{short(track.name)}”", "notes", _note_count(fresh))
    ids = {clip.id for clip in known}
    if len({clip.id for clip in track.clips}) != len(track.clips):
        return [clip.id for clip in track.clips]
    return [clip.id for clip in fresh if clip.id not in ids]


def _note_count(clips: Iterable[Clip]) -> int:
    """How many notes sound, loops written out: a loop of one tick could stand for billions."""
    count = 0
    for clip in clips:
        if isinstance(clip, NotesClip):
            loop = clip.loop_length_ticks
            rounds = 1 if loop is None else clip.length_ticks // loop + 2
            count += rounds * max(1, len(clip.notes) + len(clip.controls))
    return count


def _check_strip(where: str, track: Track) -> None:
    require_name(where, track.name)
    require_color(where, track.color)
    require_range(where, "trim", track.trim_db, -144.0, 48.0)
    require_range(where, "gain", track.gain_db, -144.0, 24.0)
    require_range(where, "pan", track.pan, -1.0, 1.0)
    for what in ("inserts", "sends"):
        require_count(where, what, len(getattr(track, what)))
    require_count(where, "curves", len(track.automation))
    require_unique("inserts", (insert.id for insert in track.inserts), where)
    require_unique("sends", (send.id for send in track.sends), where)
    require_unique("automation curves", (curve.id for curve in track.automation), where)
    for insert in track.inserts:
        require_name(where, insert.effect)
        for name, value in insert.parameters.items():
            require_range(where, f"{short(insert.effect)} {short(name)}", value, -1e12, 1e12)
    for send in track.sends:
        require_range(where, "send level", send.gain_db, -144.0, 24.0)
    for curve in track.automation:
        _check_curve(where, track, curve)


def _check_midi_output(where: str, track: Track) -> None:
    if track.midi_output is None:
        return
    if track.kind != "notes":
        raise BadProjectError(f"{where} sends its notes to a MIDI port, but only instrument tracks have any.")
    require_name(where, track.midi_output.port)
    require_range(where, "MIDI channel", track.midi_output.channel or 0, 0, 15)


def _check_frozen(where: str, track: Track, sources: set[str]) -> None:
    if track.frozen is None:
        return
    if track.kind not in ("audio", "notes"):
        raise BadProjectError(f"{where} is frozen, but only tracks with clips can be.")
    if track.frozen.source_id not in sources:
        raise BadProjectError(f"{where} is frozen as an audio file that the project does not list.")
    require_id(where, track.frozen.inputs)
    require_range(where, "frozen sound's start", track.frozen.start_frame, 0, _LAST_FRAME)


def _check_curve(where: str, track: Track, curve: Automation) -> None:
    target = _TARGET.fullmatch(curve.target)
    if target is None:
        raise BadProjectError(
            f"{where} has automation of “{short(curve.target)}”, which cannot be automated."
        )
    found = (
        target["insert"] is None or any(insert.id == target["insert"] for insert in track.inserts),
        target["send"] is None or any(send.id == target["send"] for send in track.sends),
    )
    if not all(found):
        raise BadProjectError(f"{where} has automation of “{short(curve.target)}”, which it does not have.")
    require_count(where, "points", len(curve.points))
    last = 0
    for point in curve.points:
        require_range(where, "automation point's tick", point.tick, 0, _LAST_TICK)
        require_range(where, "automation point's value", point.value, -1e12, 1e12)
        if point.tick < last:
            raise BadProjectError(f"{where} has automation points that do not follow each other in time.")
        last = point.tick


def _check_clip(track: Track, clip: Clip, sources: set[str]) -> None:
    where = f"Clip “{short(clip.name)}” on track “{short(track.name)}”"
    wanted = AudioClip if track.kind == "audio" else NotesClip if track.kind == "notes" else None
    if wanted is None or not isinstance(clip, wanted):
        raise BadProjectError(f"{where} is of a kind that this track ({track.kind}) cannot play.")
    require_name(where, clip.name)
    require_color(where, clip.color or "")
    require_range(where, "start", clip.start_ticks, 0, _LAST_TICK)
    require_range(where, "length", clip.length_ticks, 1, _LAST_TICK)
    if isinstance(clip, AudioClip):
        _check_audio(where, clip, sources)
    else:
        _check_notes(where, clip)


def _check_audio(where: str, clip: AudioClip, sources: set[str]) -> None:
    if clip.source_id not in sources:
        raise BadProjectError(f"{where} needs an audio file that the project does not list.")
    require_range(where, "offset", clip.source_offset_frames, 0, _LAST_FRAME)
    require_range(where, "gain", clip.gain_db, -144.0, 48.0)
    require_range(where, "fade-in", clip.fade_in_ms, 0.0, 3_600_000.0)
    require_range(where, "fade-out", clip.fade_out_ms, 0.0, 3_600_000.0)


def _check_notes(where: str, clip: NotesClip) -> None:
    _check_origins(where, clip.origins)
    require_range(where, "offset", clip.content_offset_ticks, -_LAST_TICK, _LAST_TICK)
    if clip.loop_length_ticks is not None:
        require_range(where, "loop length", clip.loop_length_ticks, 1, _LAST_TICK)
    # Pitch, velocity and the lower ends are checked by the note itself.
    last = max((note.start_ticks + note.length_ticks for note in clip.notes), default=0)
    require_range(where, "last note's end", last, 0, _LAST_TICK)
    last = max((control.tick for control in clip.controls), default=0)
    require_range(where, "last controller move", last, 0, _LAST_TICK)


def _check_routing(project: Project) -> None:
    """Outputs and sends lead to buses, and never back."""
    tracks = {track.id: track for track in project.tracks}
    for track in project.tracks:
        for target in _targets(track):
            _check_target(track, target, tracks)
    done: set[str] = set()
    for start, track in tracks.items():
        # Depth first with an own stack: a thousand buses in a row must not exhaust Python's.
        path: list[tuple[str, Iterator[str]]] = [(start, iter(_targets(track)))]
        open_ids = {start}
        while path:
            current, rest = path[-1]
            target = next((each for each in rest if each not in done), "")
            if not target:
                path.pop()
                open_ids.discard(current)
                done.add(current)
            elif target in open_ids:
                raise BadProjectError(
                    f"Track “{short(tracks[target].name)}” ends up in its own input: "
                    "change an output or a send so that no signal runs in a circle."
                )
            else:
                open_ids.add(target)
                path.append((target, iter(_targets(tracks[target]))))


def _check_target(track: Track, target: str, tracks: dict[str, Track]) -> None:
    where = f"Track “{short(track.name)}”"
    if target == track.id:
        raise BadProjectError(f"{where} sends to itself; choose another bus.")
    if target not in tracks:
        raise BadProjectError(f"{where} plays into a bus that does not exist.")
    if tracks[target].kind != "bus":
        raise BadProjectError(f"{where} plays into “{short(tracks[target].name)}”, which is not a bus.")


def _targets(track: Track) -> list[str]:
    sends = [send.target for send in track.sends]
    return sends if track.output is None else [track.output, *sends]
