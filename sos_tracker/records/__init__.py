"""Floor 0: the language of the programme. Frozen, validated, and knowing nothing of files, tables or pages."""
