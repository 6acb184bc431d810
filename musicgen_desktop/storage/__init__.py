"""Projects on disk: save, open, and what keeps them safe in between.

`Name.mgproj/` holds `project.json`, its predecessor `project.json.bak`, `journal` (every edit since the last
save), `backups/` (the ten versions before), `audio/`, `takes/` and `exports/` (what was handed to other
programs). At every moment at least one whole version of the project lies in the folder, whatever is
interrupted.
"""

from ._collect import collect_files
from ._errors import (
    CannotReadProjectError,
    CannotSaveError,
    DamagedProjectError,
    NewerProjectError,
    NotAProjectError,
    ProjectInUseError,
)
from ._journal import Journal
from ._layout import (
    AUDIO_FOLDER,
    EXPORTS_FOLDER,
    LOCK_FILE,
    PROJECT_SUFFIX,
    TAKES_FOLDER,
    backup_files,
    is_project,
    project_folder,
    source_path,
)
from ._lock import ProjectLock
from ._migrations import SCHEMA_VERSION
from ._open import Opened, open_backup, open_project
from ._save import save_project

__all__ = [
    "AUDIO_FOLDER",
    "EXPORTS_FOLDER",
    "LOCK_FILE",
    "PROJECT_SUFFIX",
    "SCHEMA_VERSION",
    "TAKES_FOLDER",
    "CannotReadProjectError",
    "CannotSaveError",
    "DamagedProjectError",
    "Journal",
    "NewerProjectError",
    "NotAProjectError",
    "Opened",
    "ProjectInUseError",
    "ProjectLock",
    "backup_files",
    "collect_files",
    "is_project",
    "open_backup",
    "open_project",
    "project_folder",
    "save_project",
    "source_path",
]
