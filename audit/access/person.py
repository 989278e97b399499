"""Who acts: the person whose name stands in the trail, and whether anybody vouches for it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Person:
    name: str
    identity: str = ""
    """What the sign-in vouches for, as in "https://id.example.org|248289"; "" where nobody vouches."""
    email: str = ""
    """The address that the sign-in vouches for; "" where it names none, or has not verified it."""

    def __str__(self) -> str:
        return self.name


Who = Person | str
"""A plain name is a person for whom nobody vouches."""


def person(who: Who) -> Person:
    return who if isinstance(who, Person) else Person(who)
