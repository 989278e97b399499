"""Which element of satisfaction a driver belongs to: elements.yaml of the house, and over it the organisation's own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Literal

from audit.errors import DefinitionError
from audit.text import Text, Written
from audit.wording import say
from pipelines import yaml_file

FILE = "elements.yaml"
HOUSE = Path(__file__).with_name(FILE)
Element = Literal["product", "service", "image", "whole", "unassigned"]
ELEMENTS: tuple[Element, ...] = ("product", "service", "image", "whole", "unassigned")
"""In the order in which they are told."""


class WrittenElements(Written):
    product: tuple[str, ...] = ()
    service: tuple[str, ...] = ()
    image: tuple[str, ...] = ()
    whole: tuple[str, ...] = ()
    """What judges the whole rather than drives it."""


def element_of(driver: str, known: Mapping[str, Element]) -> Element:
    return known.get(alike(driver), "unassigned")


def elements(workspace: Path) -> dict[str, Element]:
    """Driver, as `alike` writes it, -> its element. Raises DefinitionError where the organisation's own file is at
    fault."""
    own = workspace / FILE
    return _house() | (read(own) if own.exists() else {})


@cache
def _house() -> dict[str, Element]:
    return read(HOUSE)


def read(path: Path) -> dict[str, Element]:
    page = yaml_file.read(path)
    found: dict[str, Element] = {}
    for loc, element, driver in _drivers(page.as_model(WrittenElements)):
        if not alike(driver):
            raise page.at(loc, say("a driver without a name; write its name, or leave the entry out"))
        if found.get(alike(driver), element) != element:
            raise page.at(
                loc,
                say(
                    "'{driver}' stands under {one} and under {other}; keep one",
                    driver=driver, one=found[alike(driver)], other=element,
                ),
            )  # fmt: skip
        found[alike(driver)] = element
    return found


def alike(driver: str) -> str:
    """Letters' case and outer blanks are no matter."""
    return " ".join(driver.split()).casefold()


def _drivers(written: WrittenElements) -> Iterator[tuple[yaml_file.Loc, Element, str]]:
    for element in ELEMENTS[:-1]:
        for at, driver in enumerate(getattr(written, element)):
            yield (element, at), element, driver


def fault(mistake: DefinitionError) -> Text:
    """Without where on this machine the workspace lies."""
    where = f"{FILE}:{mistake.line}:{mistake.column}" if mistake.line else FILE
    return say("{where} of this workspace cannot be used: {mistake}", where=where, mistake=mistake.told)


def element_name(element: Element) -> Text:
    return {
        "product": say("Product"),
        "service": say("Service"),
        "image": say("Image"),
        "whole": say("Judged as a whole"),
        "unassigned": say("Not assigned to an element"),
    }[element]
