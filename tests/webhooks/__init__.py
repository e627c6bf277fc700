"""Webhooks: told once at least, nowhere that they should not be, and nothing of anybody."""
