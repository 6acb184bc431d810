"""The installed models as every engine of sound lists its own; no engine is loaded for it."""

from musicgen_desktop.generation.sound import SoundModel

from ._installed import ModelFile, installed_models


def sound_models() -> tuple[SoundModel, ...]:
    """Those that can be used, by id."""
    return tuple(_sound_model(one) for one in installed_models())


def _sound_model(model: ModelFile) -> SoundModel:
    codec = model.shape.codec
    return SoundModel(
        id=model.id,
        name=model.name,
        licence=model.licence,
        commercial_use=model.commercial_use,
        rate=codec.rate,
        channels=model.shape.channels,
        window_s=model.shape.window_steps * codec.hop / codec.rate,
        follows_melody=model.shape.decoder.chroma_bins > 0,
    )
