"""The feed of changes: whoever reads it has a mirror of what they may see."""
