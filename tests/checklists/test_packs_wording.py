"""What the packs say of themselves: whose words and limits these are, and how much of a standard."""

from __future__ import annotations

import pytest
from packs_by_hand import GUIDANCE
from test_pack_files import PACKS


@pytest.mark.parametrize("name", PACKS)
def test_the_notice_says_whose_words_and_limits_these_are(name: str) -> None:
    notice = PACKS[name].notice
    if name == "contact-centre":
        assert notice.en.startswith("Not a standard") and "不是标准" in notice.zh
    else:
        assert "our own words" in notice.en and "我们" in notice.zh and "自行表述" in notice.zh


@pytest.mark.parametrize("name", PACKS)
def test_guidance_is_called_guidance_and_only_guidance_is(name: str) -> None:
    notice = PACKS[name].notice
    assert ("is guidance" in notice.en) == ("是指南" in notice.zh) == (name in GUIDANCE)
    assert ("no nonconformity" in notice.en) == ("并不构成对 ISO 9001 的不符合" in notice.zh) == (name in GUIDANCE)


@pytest.mark.parametrize("name", [name for name in PACKS if name not in (*GUIDANCE, "contact-centre")])
def test_a_pack_of_a_sector_says_that_it_is_a_part_only(name: str) -> None:
    notice = PACKS[name].notice
    assert "only, not a complete preparation" in notice.en and "仅涵盖" in notice.zh
