"""Time put into the song, or taken out of it: everything behind moves along."""

from ._delete import time_deleted
from ._insert import time_inserted

__all__ = ["time_deleted", "time_inserted"]
