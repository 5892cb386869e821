"""Forms for recording by hand: fields, what is wrong beside them, saving, conflicts, tables edited in a grid."""
