"""Work in the background: each job by its name, and the worker that carries them out."""
