"""SoS Tracker: how well a council is implementing a practice programme, and the proof of it.

Floors, lowest first; imports go down only, and rooms on floor 2 do not import each other:

    records/    floor 0  the language: what people count                    pydantic, frozen
    measures/   floor 1  the reckoning: frames in, Figures out              pandas
    store/      floor 2  keeps the records; the only room with state        SQLAlchemy, Alembic
    intake/     floor 2  file bytes -> records and issues                   calamine
    charts/     floor 2  frames -> a Chart that says what it shows -> plotly | svg
    exports/    floor 2  a table -> csv | xlsx
    actions/    floor 3  what a person may do; the Actor is asked first
    ui/         floor 4  Streamlit: frame, menu, cached, parts
    cli.py      floor 4  the command line

``ARCHITECTURE.md`` says why each wall stands; ``tests/test_architecture.py`` keeps them standing.
"""
