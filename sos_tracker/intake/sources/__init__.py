"""One file for each kind of source: the columns of a table become drafts of records."""
