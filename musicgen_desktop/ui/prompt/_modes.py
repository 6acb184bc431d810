"""What the panel can be asked for with the present selection, each in one sentence, or why it cannot be."""

from collections.abc import Iterable
from typing import Literal

import msgspec
from PySide6.QtCore import QCoreApplication

from musicgen_desktop.document import Project, Track
from musicgen_desktop.session.controllers.generating import Continue, Layer, New, RemakeRange, WishMode
from musicgen_desktop.ui.bridges import Selection

translate = QCoreApplication.translate

ModeId = Literal["new", "remake", "continue", "layer"]
MODES: tuple[ModeId, ...] = ("new", "remake", "continue", "layer")

_USUAL_BARS = 8


class Offer(msgspec.Struct, frozen=True):
    """One mode. `sentence` says what it will do, or why it cannot be done when `mode` is None."""

    id: ModeId
    sentence: str
    mode: WishMode | None = None


def has_music(project: Project) -> bool:
    """Whether anything lies on a track."""
    return any(track.clips for track in project.tracks)


def roles_of(project: Project) -> tuple[str, ...]:
    """The stems that the project has, in the order of its tracks, each once."""
    return tuple(
        dict.fromkeys(track.role for track in project.tracks if track.role and track.kind == "notes")
    )


def offer(
    mode: ModeId, project: Project, selection: Selection, *, layer_role: str, bars: int | None
) -> Offer:
    """What a mode would do now.

    Args:
        mode: which one.
        project: the open one.
        selection: its tracks, clips and span.
        layer_role: the stem chosen for a layer; empty when the project has them all.
        bars: how many bars are wished for; None leaves it to us.
    """
    if mode == "new":
        return Offer(mode, _new_sentence(project), New())
    if why := _why_nothing_fits(project):
        return Offer(mode, why)
    if mode == "remake":
        return _remake(project, selection)
    if mode == "continue":
        return _continue(project, selection, bars)
    if not layer_role:
        return Offer(
            mode, translate("PromptModes", "The project has every stem already: remake one of them instead.")
        )
    return Offer(
        mode,
        translate("PromptModes", "Adds a {stem} layer that fits what the others play.").format(
            stem=_stem_word(layer_role)
        ),
        Layer(layer_role),
    )


def sound_offer(mode: ModeId, project: Project, selection: Selection, *, bars: int | None) -> Offer:
    """What a mode would do with an engine of sound.

    Args:
        mode: which one.
        project: the open one.
        selection: its tracks, clips and span.
        bars: how many bars are wished for; None leaves it to us.
    """
    if mode == "new":
        return Offer(mode, translate("PromptModes", "Makes sound from your words."), New())
    if not has_music(project):
        return Offer(mode, translate("PromptModes", "The project is empty: compose a new song first."))
    if mode == "continue":
        return _continue(project, selection, bars)
    return _remake_sound(project, selection) if mode == "remake" else _layer_sound(project, selection)


def _remake_sound(project: Project, selection: Selection) -> Offer:
    track = next((track for track in _chosen_tracks(project, selection) if track.kind == "audio"), None)
    if track is None:
        return Offer(
            "remake",
            translate("PromptModes", "Select an audio track or a clip on one: its bars are made again."),
        )
    first, last = _bars(project, selection)
    return Offer(
        "remake",
        translate("PromptModes", "Remakes “{track}” in {where}; the rest of it stays.").format(
            track=track.name, where=_where(first, last)
        ),
        RemakeRange((), first, last, track.id),
    )


def _layer_sound(project: Project, selection: Selection) -> Offer:
    """One more track; it fits the bars of the span, or the whole song."""
    span = selection.span if selection.span is not None and selection.span[0] < selection.span[1] else None
    first, last = _bars(project, selection) if span is not None else (1, _last_bar(project))
    return Offer(
        "layer",
        translate("PromptModes", "Adds a track that fits what the others play in {where}.").format(
            where=_where(first, last)
        ),
        Layer("", first, last),
    )


def _why_nothing_fits(project: Project) -> str:
    """Why nothing can be made for the song that is open; empty when something can."""
    if not has_music(project):
        return translate("PromptModes", "The project is empty: compose a new song first.")
    if not any(take.request for take in project.takes):
        return translate("PromptModes", "This song was not composed here, so no engine knows its plan.")
    return ""


def _new_sentence(project: Project) -> str:
    if has_music(project):
        return translate(
            "PromptModes", "Composes a song at the project's tempo, key and meter; you choose what to keep."
        )
    return translate("PromptModes", "Composes a song; you choose what to keep.")


def _remake(project: Project, selection: Selection) -> Offer:
    tracks = _chosen_tracks(project, selection)
    if not tracks:
        return Offer("remake", translate("PromptModes", "Select a track or a clip: its stem is made again."))
    stems = tuple(dict.fromkeys(track.role for track in tracks if track.role and track.kind == "notes"))
    if not stems:
        return Offer(
            "remake",
            translate("PromptModes", "“{track}” is no composed stem; select one that is.").format(
                track=tracks[-1].name
            ),
        )
    first, last = _bars(project, selection)
    names = _listed([_stem_word(stem) for stem in stems])
    return Offer(
        "remake",
        translate("PromptModes", "Remakes the {stems} in {where}.").format(
            stems=names, where=_where(first, last)
        ),
        RemakeRange(stems, first, last),
    )


def _where(first: int, last: int) -> str:
    if first == last:
        return translate("PromptModes", "bar {first}").format(first=first)
    return translate("PromptModes", "bars {first}–{last}").format(first=first, last=last)


def _continue(project: Project, selection: Selection, bars: int | None) -> Offer:
    after = _last_bar(project) + 1
    at = after
    if selection.span is not None and selection.span[1] > 0:
        # From the bar line that is nearest to the selection's end.
        end = selection.span[1]
        at = project.meter_map.bar_of(end - 1) + 1
    at = min(max(2, at), after)
    count = _USUAL_BARS if bars is None else bars
    sentence = (
        translate("PromptModes", "Continues at bar {bar} with one more bar.").format(bar=at)
        if count == 1
        else translate("PromptModes", "Continues at bar {bar} with {count} bars in the same style.").format(
            bar=at, count=count
        )
    )
    return Offer("continue", sentence, Continue(at))


def _chosen_tracks(project: Project, selection: Selection) -> list[Track]:
    clip_ids = set(selection.clip_ids)
    by_clip = [track for track in project.tracks if any(clip.id in clip_ids for clip in track.clips)]
    return by_clip or [track for track in project.tracks if track.id in selection.track_ids]


def _bars(project: Project, selection: Selection) -> tuple[int, int]:
    """First and last bar of the span, else of the selected clips, else of the song."""
    start, end = 0, project.length_ticks
    if selection.span is not None and selection.span[0] < selection.span[1]:
        start, end = selection.span
    elif selection.clips:
        start = min(clip.start_ticks for clip in selection.clips)
        end = max(clip.end_ticks for clip in selection.clips)
    meters, last = project.meter_map, _last_bar(project)
    first_bar = min(meters.bar_of(max(0, start)), last)
    return first_bar, max(first_bar, min(meters.bar_of(max(0, end - 1)), last))


def _last_bar(project: Project) -> int:
    return project.meter_map.bar_of(max(0, project.length_ticks - 1))


def stem_name(role: str) -> str:
    """A stem as one says it."""
    names = {
        "drums": translate("PromptModes", "Drums"),
        "percussion": translate("PromptModes", "Percussion"),
        "bass": translate("PromptModes", "Bass"),
        "chords": translate("PromptModes", "Chords"),
        "pad": translate("PromptModes", "Pad"),
        "arp": translate("PromptModes", "Arp"),
        "melody": translate("PromptModes", "Melody"),
        "counter": translate("PromptModes", "Counter"),
    }
    return names.get(role, role.capitalize())


def _stem_word(role: str) -> str:
    """A stem within a sentence; languages differ in when a noun has a capital."""
    words = {
        "drums": translate("PromptModes", "drums"),
        "percussion": translate("PromptModes", "percussion"),
        "bass": translate("PromptModes", "bass"),
        "chords": translate("PromptModes", "chords"),
        "pad": translate("PromptModes", "pad"),
        "arp": translate("PromptModes", "arp"),
        "melody": translate("PromptModes", "melody"),
        "counter": translate("PromptModes", "counter"),
    }
    return words.get(role, role)


def _listed(words: Iterable[str]) -> str:
    *first, last = words
    return (
        translate("PromptModes", "{some} and {last}").format(some=", ".join(first), last=last)
        if first
        else last
    )
