"""What the API is measured against: other ways to serve the same rows of the same database."""
