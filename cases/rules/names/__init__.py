"""Names across scripts: romanised, folded to sounds, keyed, and compared with reasons."""
