"""Floor 2: the store keeps the records. The only room with state, and the only one that knows SQL."""

from sqlalchemy.exc import DBAPIError as DatabaseFailure

from sos_tracker.store.accesses import LastAdministrator, UnknownAccess
from sos_tracker.store.batches import UnknownBatch
from sos_tracker.store.bulk_changes import BulkTrial, MovedOn
from sos_tracker.store.database import UnknownDatabase
from sos_tracker.store.editions import EditionTaken, UnknownEdition
from sos_tracker.store.programmes import UnknownProgramme
from sos_tracker.store.sharing import UnknownShareLink
from sos_tracker.store.sign_ins import SignInState
from sos_tracker.store.store import AlreadyUndone, DuplicateProgramme, Store

__all__ = [
    "AlreadyUndone",
    "BulkTrial",
    "DatabaseFailure",
    "DuplicateProgramme",
    "EditionTaken",
    "LastAdministrator",
    "MovedOn",
    "SignInState",
    "Store",
    "UnknownAccess",
    "UnknownBatch",
    "UnknownDatabase",
    "UnknownEdition",
    "UnknownProgramme",
    "UnknownShareLink",
]
