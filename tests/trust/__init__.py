"""Proof by force: `make test-trust`, or one part of it with `python -m tests.trust writers`.

Each part meets the tracker as its users start it, over HTTP on this machine, in processes of its
own, and counts what went wrong. What is counted is in `figures.py`, what is promised in
docs/testing.md.
"""
