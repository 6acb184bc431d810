"""What the window records: all armed tracks of the open project."""

from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.playback.host import SetRecording, SpeakerOpened
from musicgen_desktop.playback.recording import ArmedNotes, ArmedTrack
from musicgen_desktop.session.controllers.record import recordings_folder
from musicgen_desktop.session.store import ProjectStore

from ._latencies import residual_of


def armed_recording(
    store: ProjectStore,
    opened: SpeakerOpened | None,
    *,
    inputs: tuple[int, ...] = (0,),
    punch: tuple[int, int] | None = None,
) -> SetRecording:
    """The wish to record on every armed track: sound on audio tracks, keys on the others.

    Args:
        store: the open project.
        opened: the device, for what a loop-back measurement found of it.
        inputs: what audio tracks hear, counted from 0: one is mono, two are stereo.
        punch: (first tick, first tick outside) that alone is recorded.

    Raises:
        UserInputError: when no track is armed, or the project's folder cannot be written.
    """
    armed = [track for track in store.project.tracks if track.armed]
    if not armed:
        raise UserInputError(
            "No track is armed; press the round button on a track, or choose one and press Shift+R."
        )
    return SetRecording(
        str(recordings_folder(store)),
        tracks=tuple(ArmedTrack(track.id, track.name, inputs) for track in armed if track.kind == "audio"),
        notes=tuple(ArmedNotes(track.id, track.name) for track in armed if track.kind == "notes"),
        punch=punch,
        residual_frames=0 if opened is None else residual_of(opened),
    )
