"""Floor 2: papers. What a paper says, and the files it is printed into; charts come in drawn, figures reckoned."""
