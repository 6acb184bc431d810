"""What is remembered of a take that is sound."""

import errno
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from musicgen_desktop.document import Origin, Project, Take, Track
from musicgen_desktop.generation.sound import SoundModel, SoundTake
from musicgen_desktop.media import CannotWriteError
from musicgen_desktop.session.controllers._bounced_take import bounced_origins, bounced_take

from ._sound_plan import SoundPlan
from ._sound_sink import TakeSink
from ._wish import Wish

STOPPED, ENDED_BECAUSE = "stopped", "ended_because"
"""Names in `Take.measured`: it ended early; and the sentence that says why, unless the user ended it."""

_LONGEST_NAME = 60


def sound_record(
    take_id: str, seed: int, wish: Wish, plan: SoundPlan, take: SoundTake, share: float, problem: str = ""
) -> Take:
    """The record of one variation.

    Args:
        take_id: of the candidate.
        seed: the variation's own.
        wish: what was asked for.
        plan: what the engine was asked.
        take: what the engine, or `ended_early`, says of it.
        share: of the whole that was made, 0 to 1.
        problem: why it ended early, unless the user ended it.
    """
    asked = msgspec.structs.asdict(plan.request)
    for sound in ("melody", "before", "after", "tokens"):
        del asked[sound]  # they are as long as music; the wish names the files
    measured: dict[str, float | bool | str] = {STOPPED: take.stopped}
    if take.path:
        measured |= {
            "path": take.path,
            "steps_per_s": round(take.steps_per_s, 2),
            "first_sound_s": round(take.first_sound_s, 3),
            "elapsed_s": round(take.elapsed_s, 3),
        }
    if take.seams_dbfs:
        measured["worst_seam_dbfs"] = round(max(-144.0, *take.seams_dbfs), 1)
    if take.stopped:
        measured["share_made"] = round(share, 3)
    if problem:
        measured[ENDED_BECAUSE] = problem
    return Take(
        id=take_id,
        name=sound_name(wish),
        engine=take.engine,
        model=take.model,
        licence=take.licence,
        commercial_use=take.commercial_use,
        prompt=plan.request.prompt,
        seed=seed,
        request={**asked, "engine": wish.engine, "seed": seed, "variations": 1},
        versions=take.versions,
        measured=measured,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
    )


def with_rights_of(record: Take, project: Project, track: Track, start: int, end: int) -> Take:
    """The record of a piece in which some of what lay there is still heard: its rights count too.

    Args:
        record: of the new piece.
        project: that it is made for.
        track: where it goes, as it was.
        start: the first tick that the piece takes.
        end: the first one behind it.

    Raises:
        UserInputError: when so many licences do not fit into a project.
    """
    heard = bounced_take(project, _between(track, start, end), folder=Path(), soundfont=None)
    if heard is None:
        return record
    words = record.licence if heard.licence in record.licence else f"{record.licence} {heard.licence}"
    return msgspec.structs.replace(
        record,
        licence=words,
        commercial_use=record.commercial_use and heard.commercial_use,
        made_from=heard.made_from,
    )


def origins_there(project: Project, track: Track, start: int, end: int) -> tuple[Origin, ...]:
    """The files of others that are still heard in such a piece. Arguments as those of `with_rights_of`."""
    return bounced_origins(project, _between(track, start, end))


def _between(track: Track, start: int, end: int) -> Track:
    there = tuple(clip for clip in track.clips if clip.start_ticks < end and clip.end_ticks > start)
    return msgspec.structs.replace(track, clips=there)


def ended_early(engine: str, model: SoundModel, sink: TakeSink) -> SoundTake:
    """What is known of a take whose engine had no last word."""
    return SoundTake(
        engine=engine,
        model=model.id,
        licence=model.licence,
        commercial_use=model.commercial_use,
        path="",
        rate=model.rate,
        channels=model.channels,
        tokens=tuple(sink.last_tokens.get(number, b"") for number in range(len(sink.streams))),
        frames=tuple(stream.frames for stream in sink.streams),
        stopped=True,
    )


def full_disk(error: CannotWriteError) -> str:
    """Why a take ended early of which the disk took no more."""
    if error.error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "The disk is full, so the take ended early; free some space, then go on with it."
    return f"The take ended early, for its disk refused it. {error}"


def sound_name(wish: Wish) -> str:
    """A short name from the prompt, or the model's where there is none."""
    words = " ".join(wish.prompt.split())
    return words[:_LONGEST_NAME].rstrip() or (wish.model or wish.engine)
