"""Project → RenderPlan."""

from collections.abc import Mapping
from pathlib import Path

from musicgen_desktop.document import AudioClip, Insert, Project, Track
from musicgen_desktop.dsp import db_to_gain
from musicgen_desktop.playback.mixer import (
    EFFECTS,
    Curve,
    InsertSettings,
    SendSettings,
    StripSettings,
    effect_latency,
    effect_tail,
    resolve_parameters,
)

from ._automation import plan_curve
from ._frozen import FrozenInputs, as_played, plan_frozen
from ._routing import Routes, find_routes
from ._sources import plan_source
from ._values import NotesSource, PlannedStrip, RenderPlan, Source

_LONGEST_TAIL_S = 10.0


def compile_plan(
    project: Project,
    *,
    media_folder: Path | None = None,
    soundfont: Path | None = None,
    rate: int | None = None,
    previous: RenderPlan | None = None,
) -> RenderPlan:
    """Make a project ready to sound.

    Args:
        project: a checked one.
        media_folder: the project's folder, in which its audio lies.
        soundfont: as `instruments.available_soundfont` found it.
        rate: frames per second; the project's when None.
        previous: an earlier plan. Strips that did not change are taken from it, the same objects, so that
            whoever renders can keep what they made for them.

    Raises:
        RoutingCycleError: when a signal would run in a circle.
    """
    rate = rate or project.rate
    routes = find_routes(project)
    tracks = {track.id: track for track in project.all_tracks}
    old = _reusable(project, rate, media_folder, previous)
    notes: list[str] = []
    frozen: dict[str, Source] = {}
    played = dict(tracks)
    inputs = FrozenInputs(project, soundfont, media_folder)
    for track in project.tracks:
        sound, problem = plan_frozen(track, project, rate, media_folder, inputs)
        notes += () if problem is None else (problem,)
        if sound is not None:
            frozen[track.id], played[track.id] = sound, as_played(track)
    inserts = {each: _inserts(played[each], project, rate, notes) for each in routes.order}
    arrivals = _arrivals(tracks, routes, inserts)
    strips: list[PlannedStrip] = []
    before = {strip.id: strip for strip in previous.strips} if previous is not None else {}
    for each in routes.order:
        track = tracks[each]
        source, missing = _source(track, project, rate, media_folder, old.get(each), frozen.get(each))
        notes += missing
        settings = _settings(played[each], project, rate, routes, inserts=inserts[each], arrivals=arrivals)
        heard = each == project.master.id or settings.output is not None or bool(settings.sends)
        strip = PlannedStrip(track, settings, source, heard, missing)
        known = before.get(each)
        strips.append(known if known is not None and _same(known, strip) else strip)
    return RenderPlan(
        rate=rate,
        tempo_map=project.tempo_map,
        strips=tuple(strips),
        song_frames=max(0, project.tempo_map.frame_at(project.length_ticks, rate)),
        tail_frames=min(_tail(strips), round(_LONGEST_TAIL_S * rate)),
        stems_sum=all(
            EFFECTS[insert.effect].linear
            for strip in strips[:-1]
            if strip.track.kind == "bus"
            for insert in strip.settings.inserts
            if not insert.bypassed
        ),
        soundfont=soundfont,
        media_folder=media_folder,
        notes=tuple(notes),
    )


def _reusable(
    project: Project, rate: int, media_folder: Path | None, previous: RenderPlan | None
) -> Mapping[str, PlannedStrip]:
    """Strips whose sources may still be right: everything but the track itself is as it was."""
    if (
        previous is None
        or previous.rate != rate
        or previous.tempo_map != project.tempo_map
        or previous.media_folder != media_folder
    ):
        return {}
    return {strip.id: strip for strip in previous.strips}


def _source(
    track: Track,
    project: Project,
    rate: int,
    media_folder: Path | None,
    old: PlannedStrip | None,
    frozen: Source | None,
) -> tuple[Source | None, tuple[str, ...]]:
    if frozen is not None:
        return (old.source if old is not None and old.source == frozen else frozen), ()
    # Files may come and go, and sources be renamed, so only notes are trusted to be what they were.
    if (
        old is not None
        and isinstance(old.source, NotesSource)  # not a file that stood in for the notes
        and track.kind == "notes"
        and track.clips == old.track.clips
        and track.patch == old.track.patch
    ):
        return old.source, old.missing
    source, missing = plan_source(track, project, rate, media_folder)
    if old is not None and source == old.source:
        source = old.source
    return source, missing


def _same(known: PlannedStrip, strip: PlannedStrip) -> bool:
    return (
        known.source is strip.source
        and known.settings == strip.settings
        and known.track == strip.track
        and known.is_heard == strip.is_heard
        and known.missing == strip.missing
    )


def _inserts(track: Track, project: Project, rate: int, notes: list[str]) -> tuple[InsertSettings, ...]:
    planned = []
    for insert in track.inserts:
        if insert.effect not in EFFECTS:
            name = insert.name or insert.effect
            notes.append(
                f"“{name}” on track “{track.name}” is not available here, so the track sounds without it."
            )
            continue
        planned.append(_insert(insert, track, project, rate))
    return tuple(planned)


def _insert(insert: Insert, track: Track, project: Project, rate: int) -> InsertSettings:
    names = {parameter.name for parameter in EFFECTS[insert.effect].parameters}
    curves = []
    for name, curve in _curves(track, project, rate, f"insert:{insert.id}:").items():
        if name in names:
            curves.append((name, curve))
    return InsertSettings(
        id=insert.id,
        effect=insert.effect,
        parameters=resolve_parameters(insert.effect, insert.parameters),
        bypassed=insert.bypassed,
        latency_frames=effect_latency(insert.effect, insert.parameters, rate),
        tail_frames=0
        if insert.bypassed
        else effect_tail(insert.effect, insert.parameters, rate, project.tempo_map),
        curves=tuple(curves),
    )


def _curves(track: Track, project: Project, rate: int, prefix: str) -> dict[str, Curve]:
    """The curves of a track whose target begins so, by the rest of the target."""
    found = {}
    for automation in track.automation:
        if automation.target.startswith(prefix):
            curve = plan_curve(automation, project.tempo_map, rate)
            if curve is not None:
                found[automation.target.removeprefix(prefix)] = curve
    return found


def _arrivals(
    tracks: Mapping[str, Track], routes: Routes, inserts: Mapping[str, tuple[InsertSettings, ...]]
) -> dict[str, int]:
    """How late each strip's input is: as late as the latest that plays into it, heard or not.

    What is muted counts too, so that muting never moves the rest of the song.
    """
    arrivals = dict.fromkeys(routes.order, 0)
    for each in routes.order[:-1]:
        leaves = arrivals[each] + sum(insert.latency_frames for insert in inserts[each])
        for target in (routes.output[each], *(send.target for send in tracks[each].sends if send.enabled)):
            arrivals[target] = max(arrivals[target], leaves)
    return arrivals


def _settings(
    track: Track,
    project: Project,
    rate: int,
    routes: Routes,
    *,
    inserts: tuple[InsertSettings, ...],
    arrivals: Mapping[str, int],
) -> StripSettings:
    leaves = arrivals[track.id] + sum(insert.latency_frames for insert in inserts)
    curves = _curves(track, project, rate, "")
    output = routes.output.get(track.id)
    is_master = output is None
    return StripSettings(
        id=track.id,
        is_mono=_is_mono(track, project),
        trim_gain=db_to_gain(track.trim_db) * (-1.0 if track.polarity_inverted else 1.0),
        inserts=inserts,
        gain_db=track.gain_db if not (is_master and track.muted) else -144.0,
        pan=track.pan,
        gain_curve=curves.get("gain_db"),
        pan_curve=curves.get("pan"),
        muted_curve=curves.get("muted"),
        output=output if track.id in routes.open_outputs else None,
        output_delay_frames=0 if output is None else arrivals[output] - leaves,
        sends=tuple(
            SendSettings(
                id=send.id,
                target=send.target,
                gain_db=send.gain_db,
                pre_fader=send.pre_fader,
                delay_frames=arrivals[send.target] - leaves,
                curve=curves.get(f"send:{send.id}:gain_db"),
            )
            for send in track.sends
            if (track.id, send.id) in routes.open_sends
        ),
        arrival_frames=arrivals[track.id],
    )


def _is_mono(track: Track, project: Project) -> bool:
    channels = {source.id: source.channels for source in project.sources}
    clips = [clip for clip in track.clips if isinstance(clip, AudioClip)]
    return bool(clips) and all(channels.get(clip.source_id, 2) == 1 for clip in clips)


def _tail(strips: list[PlannedStrip]) -> int:
    """The longest chain of ringing effects from a source to the end of the master."""
    tails = dict.fromkeys((strip.id for strip in strips), 0)
    for strip in strips:
        settings = strip.settings
        tails[strip.id] += sum(insert.tail_frames for insert in settings.inserts)
        targets = [send.target for send in settings.sends]
        for target in targets if settings.output is None else [*targets, settings.output]:
            tails[target] = max(tails[target], tails[strip.id])
    return tails[strips[-1].id]
