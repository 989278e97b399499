"""The command line over the stages. Exit 0: done; 1: the command found something; 2: a mistake, with what to write."""

from __future__ import annotations

import sys
import tempfile
import traceback

from audit.errors import AuditError
from pipelines.commands import parser


def main(arguments: list[str] | None = None) -> int:
    asked = parser().parse_args(arguments)
    try:
        return int(asked.command(asked))
    except AuditError as error:
        return _refused(str(error))
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except KeyboardInterrupt:
        return _refused("stopped; what was not finished was not kept")
    except OSError as error:
        return _refused(f"{error.filename or 'a file'}: {error.strerror}; see that it exists and can be written")
    except Exception:
        return _refused(f"something unexpected went wrong; nothing half done was kept; details are in {_details()}")


def _refused(message: str) -> int:
    from pipelines.commands.terminal import say  # late, so that help does not wait for the records' libraries

    say(message)
    return 2


def _details() -> str:
    with tempfile.NamedTemporaryFile("w", prefix="clauselight-", suffix=".log", delete=False, encoding="utf-8") as log:
        traceback.print_exc(file=log)
        return log.name


if __name__ == "__main__":
    sys.exit(main())
