"""A render plan on its way to the playback process: only what changed travels."""

import msgspec

from musicgen_desktop.playback.mixer import StripSettings
from musicgen_desktop.playback.plan import RenderPlan, Source
from musicgen_desktop.playback.sources import encode_source
from musicgen_desktop.timing import MeterMap

from ._commands import SetPlan


class PlanSender:
    """Remembers what was sent, so that the next plan is told by what is different."""

    def __init__(self) -> None:
        self._number = 0
        self._last: SetPlan | None = None
        self._settings: dict[str, StripSettings] = {}
        self._sources: dict[str, Source | None] = {}
        self._encoded: dict[str, bytes] = {}
        self._key: tuple[object, ...] = ()

    def changes(self, plan: RenderPlan, meter_map: MeterMap) -> SetPlan:
        """What turns the plan sent last into this one."""
        self._number += 1
        key = (plan.rate, plan.soundfont)
        if key != self._key:  # everything sounds otherwise
            self._settings, self._sources, self._encoded, self._key = {}, {}, {}, key
        settings = {strip.id: strip.settings for strip in plan.strips}
        sources = {strip.id: strip.source for strip in plan.strips if strip.source is not None}
        encoded = {
            each: encode_source(source, plan.rate, plan.soundfont)
            for each, source in sources.items()
            if self._sources.get(each) is not source
        }
        gone = [each for each in self._sources if each not in sources]
        message = SetPlan(
            number=self._number,
            rate=plan.rate,
            tempo_map=plan.tempo_map,
            meter_map=meter_map,
            order=tuple(settings),
            strips=tuple(each for name, each in settings.items() if self._settings.get(name) is not each),
            sources=(*encoded.items(), *((each, b"") for each in gone)),
            song_frames=plan.song_frames,
            tail_frames=plan.tail_frames,
            whole=not self._settings,
        )
        self._settings = settings
        self._sources = dict(sources)
        self._encoded = {each: encoded.get(each) or self._encoded[each] for each in sources}
        self._last = message
        return message

    def whole(self) -> SetPlan | None:
        """The plan sent last, with all that it is made of; None before the first."""
        if self._last is None:
            return None
        return msgspec.structs.replace(
            self._last,
            strips=tuple(self._settings.values()),
            sources=tuple(self._encoded.items()),
            whole=True,
        )
