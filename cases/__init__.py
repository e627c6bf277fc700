"""The return case tracker: one application, split by layer (see docs/architecture.md)."""
