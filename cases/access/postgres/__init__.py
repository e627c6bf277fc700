"""PostgreSQL refuses too: our database backend, and the row security it relies on."""
