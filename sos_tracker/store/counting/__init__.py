"""What each count counts, one subject a file; ``store/counts.py`` says when they are counted again."""
