"""The API beside its peers, on the same rows."""
