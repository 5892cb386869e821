"""Two people at one record: as you saw it, what they made of it, what you say; chosen field by field, and saved."""

from html import escape
from typing import Any

import streamlit as st
from pydantic import ValidationError

from sos_tracker.charts.chart import Column, Table
from sos_tracker.records.access import Actor
from sos_tracker.records.milestones import ForecastMove, Milestone
from sos_tracker.records.periods import day
from sos_tracker.records.record import Record
from sos_tracker.records.recorded import Add, Conflict, FieldConflict, Revise, Withdraw, Write
from sos_tracker.records.sentences import sentence
from sos_tracker.ui.chart_parts import html_table
from sos_tracker.ui.forms import reason, saving
from sos_tracker.ui.forms.fields import Form, begin_anew
from sos_tracker.ui.forms.saving import Held
from sos_tracker.ui.forms.words import field_words, value_words

_MINE, _THEIRS = "mine", "theirs"


def show(actor: Actor) -> bool:
    """Asks about a save that stands over somebody else's; False where there is none."""
    held = saving.held(actor)
    if held is None:
        return False
    st.html("<h2>Somebody saved before you</h2><p>Nothing of yours has been saved. Choose what is to stand.</p>")
    form = Form(saving.CONFLICT)
    with st.form(form.key("form"), enter_to_submit=False):
        chosen = [_ask(form, place, conflict, held) for place, conflict in enumerate(held.conflicts)]
        reason.field(form, held.reason)
        form.foot()
        with st.container(horizontal=True):
            asked = st.form_submit_button("Save what I chose", type="primary", key="conflict save")
            left = st.form_submit_button("Leave it as it is", key="conflict leave")
    if left:
        saving.say("Nothing was saved: it stands as the other person left it.")
        _end(form, held)
    elif asked and not form.refused:
        _save(form, actor, held, chosen)
    return True


def _ask(form: Form, place: int, conflict: Conflict, held: Held) -> dict[str, str | None]:
    """The choice for each field on which the two differ."""
    mine = _write(held, conflict)
    st.html(f"<h3>{escape(conflict.sentence)}</h3><p>{escape(_when(conflict))}</p>")
    if conflict.fields:
        st.html(_table(conflict, mine))
    if conflict.withdrawn or isinstance(mine, Withdraw):
        words = {_MINE: _mine_in_words(conflict, mine), _THEIRS: "Leave it as it is"}
        form.choice(f"{place} whole", "What is to become of it", words)
        return {"": form.value(f"{place} whole")}
    for field in conflict.fields:
        words = {
            _MINE: f"You: {value_words(field.field, field.mine)}",
            _THEIRS: f"{conflict.changed_by}: {value_words(field.field, field.theirs)}",
        }
        form.choice(f"{place} {field.field}", f"{field_words(field.field)}, to stand", words, _likely(field))
    return {field.field: form.value(f"{place} {field.field}") for field in conflict.fields}


def _likely(field: FieldConflict) -> str | None:
    """Where only one of the two changed it, that one; where both did, the person says."""
    if field.contested:
        return None
    return _MINE if field.seen == field.theirs else _THEIRS


def _when(conflict: Conflict) -> str:
    if conflict.changed_at is None:
        return ""
    local = conflict.changed_at.astimezone()
    return f"On {day(local.date())} at {local:%H:%M}."


def _table(conflict: Conflict, mine: Write) -> str:
    heads = ["Field", "As you saw it", f"{conflict.changed_by} saved"]
    rows = [
        [field_words(field.field), value_words(field.field, field.seen), value_words(field.field, field.theirs)]
        for field in conflict.fields
    ]
    if conflict.withdrawn:
        heads, rows = heads[:2], [row[:2] for row in rows]
    if not isinstance(mine, Withdraw):
        heads.append("You")
        for row, field in zip(rows, conflict.fields, strict=True):
            row.append(value_words(field.field, field.mine))
    columns = tuple(Column(head) for head in heads)
    return html_table(Table("What differs", columns, tuple(tuple(row) for row in rows)))


def _mine_in_words(conflict: Conflict, mine: Write) -> str:
    if conflict.withdrawn:
        return "Leave it withdrawn" if isinstance(mine, Withdraw) else "Add it again, as I typed it"
    return "Withdraw it all the same"


def _write(held: Held, conflict: Conflict) -> Write:
    """The write that the conflict is about."""
    return next(
        write
        for write in held.writes
        if not isinstance(write, Add) and (write.kind, write.number) == (conflict.kind, conflict.number)
    )


def _save(form: Form, actor: Actor, held: Held, chosen: list[dict[str, str | None]]) -> None:
    writes: list[Write] = [write for write in held.writes if isinstance(write, Add)]
    about = {(conflict.kind, conflict.number): place for place, conflict in enumerate(held.conflicts)}
    for write in held.writes:
        if isinstance(write, Add):
            continue
        place = about.get((write.kind, write.number))
        decided = write if place is None else _decided(form, place, write, held.conflicts[place], chosen[place])
        if decided is not None:
            writes.append(decided)
    writes = _moves_as_decided(writes, held)
    if form.refused:
        return
    if not writes:
        saving.say("Nothing was saved: it stands as the other person left it.")
        _end(form, held)
    if saving.save(form, actor, writes, held.done, began_as=held.form) is not None:
        _end(form, held)


def _moves_as_decided(writes: list[Write], held: Held) -> list[Write]:
    """A move of a forecast goes from where the other person left it to what was decided, or not at all."""
    theirs = {one.theirs.number: one.theirs.record for one in held.conflicts if one.theirs is not None}
    milestones = {one.record.reference: one for one in writes
                  if not isinstance(one, Withdraw) and isinstance(one.record, Milestone)}  # fmt: skip
    found: list[Write] = []
    for write in writes:
        if not isinstance(write, Add) or not isinstance(write.record, ForecastMove):
            found.append(write)
            continue
        milestone = milestones.get(write.record.milestone)
        if not isinstance(milestone, Revise):
            continue
        before = theirs.get(milestone.number)
        starts = before.forecast_on if isinstance(before, Milestone) else write.record.forecast_from
        ends = getattr(milestone.record, "forecast_on", None)
        if starts != ends:
            found.append(Add(write.record.model_copy(update={"forecast_from": starts, "forecast_to": ends})))
    return found


def _decided(
    form: Form, place: int, write: Revise | Withdraw, conflict: Conflict, chosen: dict[str, str | None]
) -> Write | None:
    """What is to be saved of it, None for nothing; a field without a choice is refused."""
    for field, choice in chosen.items():
        if choice is None:
            form.refuse(f"{place} {field or 'whole'}", "Choose one of the two.")
    if form.refused:
        return None
    if "" in chosen:
        if chosen[""] == _THEIRS:
            return None
        if conflict.theirs is not None:
            return Withdraw(conflict.kind, conflict.number, conflict.theirs.version)
        return Add(write.record) if isinstance(write, Revise) else None
    if conflict.theirs is None or isinstance(write, Withdraw):
        return None
    mine = {field: getattr(write.record, field) for field, choice in chosen.items() if choice == _MINE}
    together = _together(form, conflict.theirs.record, mine)
    return Revise(conflict.number, conflict.theirs.version, together) if together is not None else None


def _together(form: Form, theirs: Record, mine: dict[str, Any]) -> Record | None:
    try:
        return type(theirs).model_validate({**dict(theirs), **mine})
    except ValidationError as faults:
        form.refuse("", f"These do not go together: {sentence(faults.errors()[0])}")
        return None


def _end(form: Form, held: Held) -> None:
    saving.let_go()
    form.begin_anew()
    begin_anew(held.form)
    st.rerun()
