"""python -m pages: serves them. Takes the options of `streamlit run`, as in --server.port 8502.

`streamlit run app.py` serves the same, but tells every browser in which folder app.py lies; and where settings are not
safe it shows the reason on every page, while this does not start.
"""

from __future__ import annotations

from typing import Any

import click
from streamlit.web import bootstrap
from streamlit.web.cli import configurator_options

from pages.components.access.exposure import unsafe_set_up


@click.command()
@configurator_options
def serve(**options: Any) -> None:
    bootstrap.load_config_options(options)
    if reason := unsafe_set_up():
        raise click.ClickException(reason)
    bootstrap.run("app.py", False, [], options)


if __name__ == "__main__":
    serve(prog_name="python -m pages")
