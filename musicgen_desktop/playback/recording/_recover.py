"""What a crash left of recordings."""

import contextlib
import errno
import os
from pathlib import Path

from musicgen_desktop.foundation import sync_file, write_all
from musicgen_desktop.media import WavHead
from musicgen_desktop.playback.transport import Playhead

from ._disk import FLAGS
from ._log_lines import CourseSet, Kept, LoggedTrack, SpanBegan
from ._midi_capture import MidiCapture
from ._read_log import LogContents, read_log
from ._take_log import LOG_SUFFIX, finished, is_being_written
from ._values import FinishedNotes, FinishedTake, Overflow, Recorded, RecordingSetup, TakeSpan

_SCANNED = 1 << 20
_LAST_PLACE = 2**40


def find_unfinished(folder: Path) -> tuple[Path, ...]:
    """The logs of recordings that no project has taken in yet and nobody is writing now, oldest first."""
    try:
        found = sorted(path for path in folder.glob(f"*{LOG_SUFFIX}") if path.is_file())
    except OSError:
        return ()
    return tuple(path for path in found if not is_being_written(path))


def recover_recording(log: Path) -> Recorded | None:
    """Mend the files of an unfinished recording; all that was played is in them, but for a last second.

    A recording that left nothing is removed with its log. Whatever cannot be mended (a disk that may not be
    written) is left as it is, for another time.

    Returns:
        What was recorded; None when there is nothing of it, or it goes on.
    """
    contents = _finished(log)
    if contents is None:
        return None
    takes = []
    whole = True
    for track in contents.started.tracks:
        try:
            take = _take(log, track, contents)
        except OSError:
            whole = False
            continue
        if take is not None:
            takes.append(take)
    notes = _notes(contents)
    if not takes and not notes:
        if whole and not contents.kept:
            _remove(log, contents.started.tracks)
        return None
    return Recorded(
        log=str(log.absolute()),
        started=contents.started.started,
        takes=tuple(takes),
        notes=notes,
        failure=contents.ended.failure if contents.ended is not None else "",
    )


def kept_takes(log: Path) -> tuple[Kept, ...]:
    """Where projects have put the takes of this log, the newest line last."""
    contents = read_log(log)
    return () if contents is None else contents.kept


def forget_recording(log: Path) -> None:
    """Remove a log and the first names of takes that projects have; they keep the files under their own.

    A take that no project has, because its file could not be mended, stays, and the log with it.
    """
    contents = _finished(log)
    if contents is None:
        return
    taken = {take.track_id for kept in contents.kept for take in kept.takes}
    for track in contents.started.tracks:
        if track.track_id not in taken:
            try:
                if _take(log, track, contents) is not None:
                    return
            except OSError:
                return
    _remove(log, contents.started.tracks)


def remove_recording(log: Path) -> None:
    """Remove a log and all that its recording left; nothing brings it back."""
    contents = _finished(log)
    if contents is not None:
        _remove(log, contents.started.tracks)


def _finished(log: Path) -> LogContents | None:
    """What a log says; None while somebody writes it.

    A log that has a first line and is nobody's is finished for ever: its writer holds it before that line.
    """
    with finished(log) as is_finished:
        return read_log(log) if is_finished else None


def _remove(log: Path, tracks: tuple[LoggedTrack, ...]) -> None:
    with contextlib.suppress(OSError):
        for track in tracks:
            if _is_own(log, track):
                (log.parent / track.file).unlink(missing_ok=True)
        log.unlink()  # last: files without a log would never be found again


def _is_own(log: Path, track: LoggedTrack) -> bool:
    """Whether the recording of this log made the file: anybody can write a log that names another's."""
    return track.file.startswith(f"{log.name.removesuffix(LOG_SUFFIX)}-")


def _take(log: Path, track: LoggedTrack, contents: LogContents) -> FinishedTake | None:
    """The file of a track, mended; None when it is gone or has no frame.

    Raises:
        OSError: when it cannot be mended, or is no file of this recording.
    """
    path = log.parent / track.file
    if not os.path.lexists(path):
        return None
    if not _is_own(log, track) or path.is_symlink() or not path.is_file():
        raise OSError(errno.EILSEQ, "not a file that this recording made")
    started = contents.started
    frames = mended_frames(path, WavHead(started.rate, track.channels, started.bits), contents.frames)
    spans = _spans(contents, frames)
    if not spans:
        return None
    return FinishedTake(
        track_id=track.track_id,
        name=track.name,
        path=str(path.absolute()),
        rate=started.rate,
        channels=track.channels,
        frames=frames,
        spans=spans,
        overflows=tuple(
            Overflow(lost.offset_frames, min(lost.frames, frames - lost.offset_frames))
            for lost in contents.lost
            if lost.offset_frames < frames
        ),
    )


def _spans(contents: LogContents, frames: int) -> tuple[TakeSpan, ...]:
    """Where the frames belong; those before the first line that can be read, where the recording began."""
    began = contents.spans
    if not began or began[0].offset_frames:
        began = (SpanBegan(0, _first_place(contents)), *began)
    ends = [*(span.offset_frames for span in began[1:]), frames]
    return tuple(
        TakeSpan(span.offset_frames, min(end, frames) - span.offset_frames, span.place)
        for span, end in zip(began, ends, strict=True)
        if min(end, frames) > span.offset_frames
    )


def _first_place(contents: LogContents) -> int:
    """The frame of the timeline that the first course leads to, or else the punch's first one, or else 0."""
    started = contents.started
    course = next((line.course for line in contents.played if isinstance(line, CourseSet)), None)
    low, high = started.punch or (0, _LAST_PLACE)
    place = low if course is None else course.place_at(max(started.from_clock, course.sounding_clock))
    return min(max(place if low <= place < high else low, 0), _LAST_PLACE)


def _notes(contents: LogContents) -> tuple[FinishedNotes, ...]:
    """What was played, heard once more from the log."""
    started = contents.started
    if not started.notes:
        return ()
    setup = RecordingSetup(
        "", started.rate, started.tempo_map, punch=started.punch, from_clock=started.from_clock
    )
    first = next((line.course for line in contents.played if isinstance(line, CourseSet)), Playhead())
    captures = {track.track_id: MidiCapture(track, setup, first) for track in started.notes}
    for line in contents.played:
        if isinstance(line, CourseSet):
            for capture in captures.values():
                capture.set_course(line.course)
        elif line.track_id in captures:
            captures[line.track_id].hear(bytes.fromhex(line.data), line.clock)
    found = (capture.finish(contents.clock) for capture in captures.values())
    return tuple(each for each in found if each.spans)


def mended_frames(path: Path, head: WavHead, safe_frames: int) -> int:
    """Let the head of a take tell all of its frames. A file that is right is not touched.

    Behind what the head and the log know of lies what was captured last, and behind that room that was
    reserved and reads as zeros.

    Args:
        path: the file.
        head: as it was begun.
        safe_frames: so many frames are known to be there.

    Returns:
        The frames of the file.

    Raises:
        OSError: when it cannot be read or written.
    """
    with path.open("rb") as file:
        start = file.read(head.size)
        told = head.frames_told_by(start)
        if told is None and start[:4] in {b"RIFF", b"RF64"}:
            raise OSError(errno.EILSEQ, "not the file that the log tells of")
        size = os.fstat(file.fileno()).st_size
        most = max(size - head.size, 0) // head.frame_bytes
        known = min(max(told or 0, safe_frames), most)
        end = _end_of_sound(file.fileno(), head.size + known * head.frame_bytes, size)
    # A kill may tear a write in the middle of a frame: one that does not reach its own end does not count.
    frames = (end - head.size) // head.frame_bytes
    padding = (frames * head.frame_bytes) & 1
    if told == frames and size == head.size + frames * head.frame_bytes + padding:
        return frames
    descriptor = os.open(path, os.O_RDWR | FLAGS)
    try:
        os.ftruncate(descriptor, head.size + frames * head.frame_bytes)
        os.ftruncate(descriptor, head.size + frames * head.frame_bytes + padding)
        os.lseek(descriptor, 0, os.SEEK_SET)
        write_all(descriptor, head.to_bytes(frames))
        sync_file(descriptor)
    finally:
        os.close(descriptor)
    return frames


def _end_of_sound(descriptor: int, start: int, size: int) -> int:
    """Behind the last byte from `start` on that is not zero; `start` when all are."""
    end = size
    while end > start:
        low = max(start, end - _SCANNED)
        os.lseek(descriptor, low, os.SEEK_SET)
        piece = os.read(descriptor, end - low).rstrip(b"\0")
        if piece:
            return low + len(piece)
        end = low
    return start
