"""Who may act, on which rows, on which fields. Knows no model and no clock."""
