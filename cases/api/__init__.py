"""The REST API: HTTP in, an action or a query called, JSON out. No rule lives here."""
