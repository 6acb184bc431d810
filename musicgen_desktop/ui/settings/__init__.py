"""The settings dialog."""

from ._dialog import SettingsDialog
from ._loaders import DevicesLoader

__all__ = ["DevicesLoader", "SettingsDialog"]
