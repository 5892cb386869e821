"""Floor 2: a measure's frame becomes a Chart, which says what is shown; svg and plotly draw the same Chart.

Charts do not reckon: every number comes from a Figure or a frame of ``measures``.
"""
