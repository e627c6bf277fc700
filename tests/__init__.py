"""The tests mirror `cases/`; see docs/testing.md."""
