"""What the database itself refuses, whoever asks past the tracker; and what is done by force is found and named."""

from datetime import date

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from sos_tracker.records.access import Actor, Role
from sos_tracker.records.programme import Programme
from sos_tracker.records.recorded import Add, Revise
from sos_tracker.records.targets import StrategyTarget
from sos_tracker.store import Store

PAT = Actor("Pat Manager", Role.PROJECT_MANAGER, "CE")
TARGET = "The strategy target T1 / 2017-07-01 / 2018-12-31"


@pytest.fixture
def issued(any_store: Store) -> Store:
    """A programme with one target, issued."""
    any_store.add_programme(Programme(code="CE", name="Signs of Safety", authority="A council"), PAT)
    draft = StrategyTarget(
        measure="T1", name="People trained", baseline_on=date(2017, 7, 1), target=400, due_on=date(2018, 12, 31),
        approved_by="Cabinet", approved_on=date(2017, 7, 1), reason="Strategy agreed",
    )  # fmt: skip
    (kept,) = any_store.write("CE", [Add(draft)], PAT)
    any_store.write("CE", [Revise(kept.number, kept.version, draft.model_copy(update={"issued": True}))], PAT)
    assert any_store.verify() == ()
    return any_store


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE change SET actor = 'Nobody'", "UPDATE change SET reason = '' WHERE number = 1", "DELETE FROM change",
        "UPDATE strategy_target SET target = 1", "UPDATE strategy_target SET issued = (1 = 0)",
        "DELETE FROM strategy_target",
    ],
)  # fmt: skip
def test_the_history_and_an_issued_target_refuse_to_be_rewritten(issued: Store, statement: str) -> None:
    with pytest.raises(DBAPIError, match=r"append-only|issued target"), issued.engine.begin() as connection:
        connection.execute(text(statement))
    assert issued.verify() == ()


@pytest.mark.parametrize(
    ("by_force", "named"),
    [
        ("UPDATE change SET actor = 'Nobody' WHERE number = 2",
         "CE: change 2 (added strategy target T1 / 2017-07-01 / 2018-12-31) is not as it was written."),
        ("DELETE FROM change WHERE number = 2", "CE: change 2 is missing from the history."),
        ("DELETE FROM change WHERE number = 3", "CE: the history should end with change 3 but ends with 2."),
        ("UPDATE strategy_target SET target = 300",
         f"{TARGET} is not as its history says: target is 300.0 and should be 400.0."),
        ("DELETE FROM strategy_target",
         f"{TARGET} is gone, and its history says otherwise."),
    ],
)  # fmt: skip
def test_what_is_rewritten_by_force_is_found_and_named(issued: Store, by_force: str, named: str) -> None:
    with issued.engine.begin() as connection:
        _drop_triggers(connection)
        connection.execute(text(by_force))
    assert named in issued.verify()


def _drop_triggers(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("ALTER TABLE change DISABLE TRIGGER ALL"))
        connection.execute(text("ALTER TABLE strategy_target DISABLE TRIGGER ALL"))
        return
    for (name,) in connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all():
        connection.execute(text(f"DROP TRIGGER {name}"))
