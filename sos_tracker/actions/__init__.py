"""Floor 3: what a person may do. The Actor is asked first, on the first line of every function."""
