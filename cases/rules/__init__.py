"""Decisions from values alone: no query, no request, no clock. Refusals are sentences."""
