"""The settings dialog."""

from ._device_finder import DevicesLoader
from ._dialog import SettingsDialog

__all__ = ["DevicesLoader", "SettingsDialog"]
