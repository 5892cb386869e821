"""Floor 1: the reckoning. Frames go in, Figures and frames come out; nothing here knows where frames come from."""
