"""All sections together. Run as a script it writes every fixture into a folder, for people to look at."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
import section_a_bytes
import section_a_lines
import section_a_structure
import section_b_numbers
import section_b_texts
import section_c_evidence
import section_c_files
import section_d_yaml
from fault import FAULTS, File, Upload

MODULES = (
    section_a_bytes,
    section_a_lines,
    section_a_structure,
    section_b_numbers,
    section_b_texts,
    section_c_evidence,
    section_c_files,
    section_d_yaml,
)
__all__ = ["FAULTS", "MODULES", "variants_of"]


def variants_of(kind: type) -> list[Any]:
    """Parameters of a test: what is sent, and what must come of it."""
    return [
        pytest.param(sent, outcome, id=f"{one.section}{one.number} {one.name}: {name}")
        for one in sorted(FAULTS.values(), key=lambda one: one.number)
        for name, sent, outcome in one.variants
        if isinstance(sent, kind)
    ]


def write(folder: Path) -> None:
    for one in FAULTS.values():
        for at, (name, sent, outcome) in enumerate(one.variants, start=1):
            beside = folder / f"{one.section}{one.number:02}-{at}"
            beside.mkdir(parents=True)
            (beside / "about.txt").write_text(f"{one.name}: {name}\n{outcome}\n", encoding="utf-8")
            if isinstance(sent, File | Upload):
                content = sent.bytes if isinstance(sent, File) else sent.content
            else:
                content = sent.text if isinstance(sent.text, bytes) else sent.text.encode()
            (beside / "content").write_bytes(content)


if __name__ == "__main__":
    write(Path(sys.argv[1]))
