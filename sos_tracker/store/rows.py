"""The rows behind a figure."""

from sqlalchemy import Engine


class RowQueries:
    def __init__(self, engine: Engine) -> None:
        self.engine = engine
