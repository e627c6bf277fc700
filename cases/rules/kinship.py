"""Where the tie to a relative puts them in a family: how many generations above or below."""

from collections.abc import Mapping

from cases.vocabulary.individuals import FamilyTie as T

GENERATION: Mapping[str, int] = {
    T.GRANDPARENT: 2,
    T.MOTHER: 1,
    T.FATHER: 1,
    T.PARENT: 1,
    T.GUARDIAN: 1,
    T.SIBLING: 0,
    T.SPOUSE: 0,
    T.CHILD: -1,
    T.WARD: -1,
    T.GRANDCHILD: -2,
}
"""“Relative” is not in it: nobody has said which generation."""


def generation(tie: str) -> int | None:
    """Give the generation of a relative, counted up from the person; None where it is not said."""
    return GENERATION.get(tie)
