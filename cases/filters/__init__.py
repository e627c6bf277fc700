"""How a list is narrowed, shared by the API and the dashboards. One file a concept."""
