"""Safe keeping: backups and exports of a whole database, bringing them back, checking that all is whole, forgetting.

``safe_keeping`` is what the store offers of it. ``kept`` says what is taken along, ``archive`` what a backup and an
export have in common, ``backup_file`` and ``export_folder`` how each is written and read, ``loading`` how either is
brought back, ``checks``, ``replay`` and ``second_reckoning`` whether a database is whole, ``forgetting`` how keys go.
"""

from sos_tracker.store.keeping.archive import Archive, Damaged, KeepingRefused, KeptTable, Label, NotABackup
from sos_tracker.store.keeping.backup_file import BackupFile
from sos_tracker.store.keeping.export_folder import ExportFolder
from sos_tracker.store.keeping.forgetting import Forgotten, SharedAddress, UnknownPerson
from sos_tracker.store.keeping.loading import Loaded, NotEmpty, NotWhole, Replacing
from sos_tracker.store.keeping.safe_keeping import SafeKeeping

__all__ = [
    "Archive", "BackupFile", "Damaged", "ExportFolder", "Forgotten", "KeepingRefused", "KeptTable", "Label", "Loaded",
    "NotABackup", "NotEmpty", "NotWhole", "Replacing", "SafeKeeping", "SharedAddress", "UnknownPerson",
]  # fmt: skip
