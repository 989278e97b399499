"""A text that readers see, in the two languages of the program."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = ("en", "zh")


class Written(BaseModel):
    """What a person writes in a file: unknown keys are refused, values do not change."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Text(Written):
    en: str = Field(min_length=1)
    zh: str = Field(min_length=1)

    def said(self, language: Language) -> str:
        return self.zh if language == "zh" else self.en

    def within_a_sentence(self) -> Text:
        """Without its full stop, to stand inside another sentence."""
        return Text(en=self.en.rstrip("."), zh=self.zh.rstrip("。"))


def listed(names: Sequence[Text]) -> Text:
    """One or more."""
    return Text(en=", ".join(name.en for name in names), zh="、".join(name.zh for name in names))


def sentences(*told: Text) -> Text:
    """One or more, one behind the other."""
    return Text(en=" ".join(each.en for each in told), zh="".join(each.zh for each in told))
