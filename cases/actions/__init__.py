"""Every write, one function an act: who may → lock or compare → build → check → save → audit."""
