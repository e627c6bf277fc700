"""In Ukrainian."""
