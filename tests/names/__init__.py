"""Names to try the search with, written without sight of it, and its benchmark."""
