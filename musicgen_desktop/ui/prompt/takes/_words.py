"""A take in words."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

from musicgen_desktop.session.controllers.generating import Candidate, Continue, Layer, RemakeRange

translate = QCoreApplication.translate


def tempo_text(bpm: float) -> str:
    """“82 BPM”, “82.5 BPM”."""
    return f"{bpm:.2f}".rstrip("0").rstrip(".") + " BPM"


def bars_of(candidate: Candidate) -> int:
    """How many bars a take has."""
    return candidate.project.meter_map.bar_of(max(0, candidate.length_ticks - 1))


def summary(candidate: Candidate) -> str:
    """Tempo, key, bars and seed in one line."""
    project = candidate.project
    parts = [tempo_text(project.tempo_map.bpm_at(candidate.start_ticks))]
    if project.keys:
        parts.append(short_key(project.keys[0].key))
    bars = bars_of(candidate)
    parts.append(
        translate("Takes", "1 bar") if bars == 1 else translate("Takes", "{count} bars").format(count=bars)
    )
    parts.append(f"#{candidate.take.seed}")
    if ended_early(candidate):
        parts.insert(0, translate("Takes", "ended early"))
    return " · ".join(parts)


def ended_early(candidate: Candidate) -> bool:
    """Whether the take is less than was wished for."""
    return candidate.take.measured.get("stopped") is True


def ended_sentence(candidate: Candidate) -> str:
    """How far a take came that ended early; empty for one that is whole."""
    if not ended_early(candidate):
        return ""
    seconds = sum(source.frames / source.rate for source in candidate.project.sources)
    return translate("Takes", "Ended early, after {seconds} s.").format(seconds=f"{seconds:.1f}")


def ended_because(candidate: Candidate) -> str:
    """Why it did, in a sentence; empty when the user ended it."""
    return str(candidate.take.measured.get("ended_because", ""))


def short_key(key: str) -> str:
    """“F minor” → “Fm”, “A major” → “A maj”."""
    return f"{key.removesuffix(' minor')}m" if key.endswith(" minor") else key.replace(" major", " maj")


def licence_text(candidate: Candidate) -> str:
    """On which terms the take may be used, in a few words."""
    if candidate.take.commercial_use:
        return translate("Takes", "Yours: free to use commercially")
    return translate("Takes", "Not for commercial release ({licence})").format(licence=candidate.take.licence)


def purpose(candidate: Candidate) -> str:
    """What the take was wished as."""
    mode = candidate.wish.mode
    if isinstance(mode, RemakeRange):
        return translate("Takes", "Remake of {stems}, bars {first}–{last}").format(
            stems=", ".join(mode.stems), first=mode.first_bar, last=mode.last_bar
        )
    if isinstance(mode, Continue):
        return translate("Takes", "Goes on from bar {bar}").format(
            bar=mode.bar if mode.bar is not None else "?"
        )
    if isinstance(mode, Layer):
        return translate("Takes", "Layer: {role}").format(role=mode.role)
    return translate("Takes", "New song")


_UNITS = {
    "lufs": " LUFS",
    "tempo_error_percent": " %",
    "downbeat_error_ms": " ms",
    "tempo_bpm": " BPM",
    "first_sound_s": " s",
    "elapsed_s": " s",
    "worst_seam_dbfs": " dBFS",
}

Group = tuple[str, tuple[tuple[str, str], ...]]
"""A heading, and names with values."""


def parameters(candidate: Candidate) -> tuple[Group, ...]:
    """All that is known of a take: how it was asked for, made and measured."""
    take, project = candidate.take, candidate.project
    chords = " ".join(change.symbol for change in project.chords[:64])
    groups: list[Group] = [
        (
            translate("Takes", "Take"),
            _filled(
                (translate("Takes", "Name"), take.name),
                (translate("Takes", "Made"), _local(take.created)),
                (translate("Takes", "What"), purpose(candidate)),
                (translate("Takes", "Prompt"), take.prompt),
                (translate("Takes", "Seed"), str(take.seed)),
                (translate("Takes", "Licence"), f"{licence_text(candidate)}. {take.licence}"),
            ),
        ),
        (
            translate("Takes", "Music"),
            _filled(
                (translate("Takes", "Tempo"), tempo_text(project.tempo_map.bpm_at(candidate.start_ticks))),
                (translate("Takes", "Key"), project.keys[0].key if project.keys else ""),
                (translate("Takes", "Meter"), str(project.meter_map.changes[0].meter)),
                (translate("Takes", "Bars"), str(bars_of(candidate))),
                (translate("Takes", "Stems"), ", ".join(t.name for t in project.tracks if t.kind == "notes")),
                (translate("Takes", "Chords"), chords + (" …" if len(project.chords) > 64 else "")),
                (translate("Takes", "Form"), " · ".join(section.name for section in project.sections)),
            ),
        ),
        (
            translate("Takes", "Measured"),
            _filled(*((_named(k), _value(k, v)) for k, v in take.measured.items())),
        ),
        (
            translate("Takes", "Prompt, word by word"),
            _filled(
                *((each.words, each.meaning) for each in candidate.understood),
                *((word, translate("Takes", "not understood")) for word in candidate.not_understood),
            ),
        ),
        (
            translate("Takes", "Engine"),
            _filled(
                (translate("Takes", "Engine"), take.engine),
                (translate("Takes", "Model"), take.model),
                *((_named(name), version) for name, version in take.versions.items()),
            ),
        ),
        (
            translate("Takes", "Request"),
            _filled(*((_named(k), _plain(v)) for k, v in take.request.items() if k != "prompt")),
        ),
    ]
    return tuple(group for group in groups if group[1])


def parameters_text(candidate: Candidate) -> str:
    """The same as plain text, to be pasted anywhere."""
    return "\n\n".join(
        "\n".join([heading, *(f"  {name}: {value}" for name, value in rows)])
        for heading, rows in parameters(candidate)
    )


def _filled(*rows: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(row for row in rows if row[1])


def _named(key: str) -> str:
    return {
        "lufs": translate("Takes", "Loudness"),
        "tempo_bpm": translate("Takes", "Tempo"),
        "tempo_error_percent": translate("Takes", "Tempo error"),
        "downbeat_error_ms": translate("Takes", "Downbeat error"),
        "key_agrees": translate("Takes", "Key agrees"),
        "path": translate("Takes", "Decoded by"),
        "steps_per_s": translate("Takes", "Codec steps a second"),
        "first_sound_s": translate("Takes", "First sound"),
        "elapsed_s": translate("Takes", "Time taken"),
        "worst_seam_dbfs": translate("Takes", "Worst seam"),
        "stopped": translate("Takes", "Ended early"),
        "ended_because": translate("Takes", "Because"),
        "share_made": translate("Takes", "Share made"),
    }.get(key, key.replace("_", " ").capitalize())


def _value(key: str, value: float | bool | str) -> str:  # noqa: FBT001 - of three kinds
    if isinstance(value, bool):
        return translate("Takes", "yes") if value else translate("Takes", "no")
    if isinstance(value, str):
        return value
    return f"{value:zg}".replace("-", "−") + _UNITS.get(key, "")


def _plain(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} {_plain(each)}" for name, each in value.items())
    if isinstance(value, list | tuple):
        return " | ".join(_joined(value))
    return f"{value:g}" if isinstance(value, float) else str(value)


def _joined(values: Iterable[Any]) -> Iterator[str]:
    for each in values:
        yield " ".join(map(str, each)) if isinstance(each, list | tuple) else str(each)


def _local(created: str) -> str:
    try:
        made = datetime.fromisoformat(created)
    except ValueError:
        return created
    there = QDateTime.fromSecsSinceEpoch(int(made.timestamp()))
    return QLocale().toString(there, QLocale.FormatType.ShortFormat)
