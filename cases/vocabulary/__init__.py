"""The field's controlled terms, each with its definition. Imports nothing of ours."""
