"""What only engines of sound ask for: a model, length in seconds, how freely tokens are drawn, a melody."""

from ._box import SoundBox
from ._model_row import terms_of
from ._settings import SOUND_FIELDS, SoundField, SoundSettings

__all__ = ["SOUND_FIELDS", "SoundBox", "SoundField", "SoundSettings", "terms_of"]
