"""Nobody sees what they should not: generated over every address, actor, row and field."""
