"""What stands on a page when there is nothing to show: what would be here, why it is not, and the next step."""

from __future__ import annotations

import logging
import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import streamlit as st

from audit.errors import AuditError
from pages.components.words import _, language, language_switch, plain
from pipelines.definitions import HOUSE
from pipelines.workspace import chosen

log = logging.getLogger("clauselight.pages")


class NothingYet(Exception):
    """Raised by what a page needs; the guard around every page shows it."""

    def __init__(self, title: str, why: str, next_step: str, command: str = "", page: str = "", link: str = "") -> None:
        super().__init__(title)
        self.title, self.why, self.next_step, self.command = title, why, next_step, command
        self.page, self.link = page, link

    def show(self) -> None:
        with st.container(horizontal=True, horizontal_alignment="right"):
            language_switch()
        st.title(self.title, anchor=False)
        with st.container(border=True):
            st.markdown(self.why)
            st.markdown(f":gray[{self.next_step}]")
            if self.command:
                st.code(self.command, language=None)
            if self.page:
                st.page_link(Path("pages") / f"{self.page}.py", label=self.link, query_params={"lang": language()})


@contextmanager
def guard() -> Iterator[None]:
    """No page shows a traceback. Streamlit's own stop and rerun are no Exception, so they pass."""
    above = st.container()
    try:
        yield
    except NothingYet as nothing:
        nothing.show()
    except AuditError as error:
        above.title(_("Something has to be put right first"), anchor=False)
        above.error(in_words(error))
    except Exception:
        reference = uuid.uuid4().hex[:8]
        log.exception("reference %s", reference)
        st.error(
            _(
                "This page could not be shown. Nothing was changed. The program's log says why, under {reference}.",
                reference=reference,
            )
        )


def in_words(error: AuditError) -> str:
    """What an error says, without where on this machine the workspace and the program lie."""
    told = error.said(language())
    for folder in {chosen(None), chosen(None).resolve(), HOUSE}:
        told = told.replace(f"{folder}{os.sep}", "").replace(str(folder), folder.name)
    return plain(told)
