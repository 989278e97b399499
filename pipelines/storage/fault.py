"""What an S3-compatible server or the way to it answers when something is wrong, in one line for people."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pyarrow as pa
from deltalake.exceptions import CommitFailedError, DeltaError

from audit.errors import RecordError
from audit.text import Text
from audit.wording import say
from pipelines.staging.text_file import shown
from pipelines.storage.place import Place, address, both

SIGNS = (
    (r"NO_SUCH_BUCKET|NoSuchBucket", say("there is no such bucket: make it, or name another one as 'facts:'")),
    (
        r"InvalidAccessKeyId|INVALID_ACCESS_KEY_ID",
        say("the server does not know the access key: put the right one into {keys}", keys=both()),
    ),
    (
        r"SignatureDoesNotMatch|SIGNATURE_DOES_NOT_MATCH",
        say("the secret of the key is wrong: put the right one into {keys}", keys=both()),
    ),
    (
        r"ExpiredToken|EXPIRED_TOKEN|TokenRefreshRequired",
        say("the key has expired: put the right one into {keys}", keys=both()),
    ),
    (r"RequestTimeTooSkewed|REQUEST_TIME_TOO_SKEWED", say("the clock here or there is wrong: set it right")),
    (
        r"ACCESS_DENIED|AccessDenied|Forbidden|\b403\b|HTTP status 403",
        say("the key may not do that: let it list, read, write and delete objects there, or use another one"),
    ),
    (
        r"AuthorizationHeaderMalformed|PermanentRedirect|\b301\b",
        say("the bucket is elsewhere: correct 'region:'"),
    ),
    (
        r"NETWORK_CONNECTION|curlCode|tcp connect|Connection refused|dns error|error sending request|timed out|timeout"
        r"|connection closed|end of file|[Cc]onnection reset|broken pipe",
        say("the server does not answer: start it, or correct 'endpoint:' in workspace.yaml"),
    ),
    (r"SLOW_DOWN|SlowDown|\b50[0234]\b|INTERNAL_FAILURE", say("the server is in trouble: try again later")),
    (r"No space left|Disk quota", say("the disk of the workspace is full: make room and try again")),
    (
        r"Permission denied|Read-only file",
        say("the copy in the workspace cannot be written to: make it writable"),
    ),
)


@contextmanager
def told(place: Place, after: Text) -> Iterator[None]:
    """Raises RecordError; `after` is what has, or has not, happened by then."""
    try:
        yield
    except CommitFailedError:
        raise  # somebody else was first; that is no fault
    except (OSError, DeltaError, pa.ArrowException) as error:
        raise RecordError(
            say("{place}: {reason}; {after}", place=address(str(place)), reason=reason(error), after=after)
        ) from error


def reason(error: BaseException) -> Text:
    said = str(error)
    for sign, told in SIGNS:
        if re.search(sign, said):
            return told
    plain = re.sub(r"\x1b\[\d+m|\s+", " ", said).strip()
    return say("{answer}: look at the server", answer=shown(plain, 200))
