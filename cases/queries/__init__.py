"""Reading across tables; figures are frozen dataclasses, the same for every face."""
