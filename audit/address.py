"""The address of a server as people and logs may see it: without its password."""

from __future__ import annotations

import re

USER = re.compile(r":(?!//).*@", re.DOTALL)
"""From the colon behind a user's name to the last @, because a password that was not escaped may hold both signs."""
NAMED = re.compile(r"\b(\w*(?:password|secret|token)\w*=)[^&]*", re.IGNORECASE)
"""Behind the question mark, as in ?password=..."""
HIDDEN = "***"


def without_password(address: str) -> str:
    """Also of what is written wrongly and cannot be taken apart: then rather too much is hidden than too little."""
    return NAMED.sub(rf"\1{HIDDEN}", USER.sub(f":{HIDDEN}@", address))
