"""Floor 2: a table as a file people take away. Text stays text: no cell of ours is ever a formula."""

from sos_tracker.exports.comma_separated import csv_bytes
from sos_tracker.exports.workbook import Sheet, TooManyRows, xlsx_bytes

__all__ = ["Sheet", "TooManyRows", "csv_bytes", "xlsx_bytes"]
