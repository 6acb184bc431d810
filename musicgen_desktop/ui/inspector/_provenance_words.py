"""Where a take came from, in words that need no manual."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale, Qt

from musicgen_desktop.document import Origin, Take
from musicgen_desktop.ui.widgets import plain, signed

_TOLD_ELSEWHERE = frozenset({"prompt", "seed", "engine", "model"})
_LONGEST = 160


def licence_words(take: Take) -> str:
    """Whether the music may be sold, and why not."""
    if take.commercial_use:
        return take.licence or QCoreApplication.translate("Provenance", "No licence is told.")
    if not take.licence:
        return QCoreApplication.translate("Provenance", "Not for commercial release.")
    if " " not in take.licence.strip():
        return QCoreApplication.translate(
            "Provenance", "Uses {licence} weights: not for commercial release"
        ).format(licence=take.licence)
    return QCoreApplication.translate("Provenance", "Not for commercial release. {licence}").format(
        licence=take.licence
    )


def origin_words(origin: Origin) -> str:
    """What a file of others says of its rights."""
    say = QCoreApplication.translate
    if origin.rights:
        words = say("Provenance", "From “{file}”, a file of others, which says of its rights: “{rights}”")
    else:
        words = say("Provenance", "From “{file}”, a file of others, which says nothing of its rights.")
    rights = origin.rights if len(origin.rights) <= _LONGEST else f"{origin.rights[:_LONGEST]}…"
    return words.format(file=origin.file, rights=rights)


def engine_words(take: Take) -> str:
    """“Musicgen, small”; the model is left out where it is the engine's own name."""
    engine = take.engine[:1].upper() + take.engine[1:]
    if not take.model or take.model.casefold() == take.engine.casefold():
        return engine
    return f"{engine}, {take.model}"


def created_words(take: Take) -> str:
    """The local day and minute."""
    moment = QDateTime.fromString(take.created, Qt.DateFormat.ISODate)
    if not moment.isValid():
        return take.created or "–"
    return QLocale().toString(moment.toLocalTime(), QLocale.FormatType.ShortFormat)


def parameter_lines(request: Mapping[str, Any]) -> tuple[str, ...]:
    """One “name: value” for each thing that was asked for, but for what is told elsewhere."""
    return tuple(
        f"{name.replace('_', ' ').capitalize()}: {_value(value)}"
        for name, value in request.items()
        if name not in _TOLD_ELSEWHERE and value not in (None, "", [], {})
    )


def grid_lines(take: Take) -> tuple[tuple[str, str, bool | None], ...]:
    """(what, how much, whether it is good) of what was measured against the bar grid."""
    say, told = QCoreApplication.translate, take.measured
    lines: list[tuple[str, str, bool | None]] = []
    error = told.get("tempo_error_percent")
    if isinstance(error, int | float):
        lines.append((say("Provenance", "Tempo"), f"{signed(error, 2)} %", abs(error) <= 0.5))
    late = told.get("downbeat_error_ms")
    if isinstance(late, int | float):
        lines.append((say("Provenance", "Downbeats"), f"{plain(late)} ms", abs(late) <= 20.0))
    agrees = told.get("key_agrees")
    if isinstance(agrees, bool):
        key = str(told.get("key", ""))
        text = say("Provenance", "agrees") if agrees else say("Provenance", "heard otherwise")
        lines.append((say("Provenance", "Key"), f"{text}: {key}" if key and not agrees else text, agrees))
    return tuple(lines)


def _value(value: object) -> str:
    if isinstance(value, list | tuple):
        text = ", ".join(str(each) for each in value)
    elif isinstance(value, dict):
        text = ", ".join(f"{name} {each}" for name, each in value.items())
    else:
        text = str(value)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
