"""What an S3-compatible server or the way to it answers when something is wrong, in one line for people."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pyarrow as pa
from deltalake.exceptions import CommitFailedError, DeltaError

from audit.errors import RecordError
from pipelines.staging.text_file import shown
from pipelines.storage.place import KEYS, Place

KEY = f"put the right one into {' and '.join(KEYS)}"
SIGNS = (
    (r"NO_SUCH_BUCKET|NoSuchBucket", "there is no such bucket", "make it, or name another one as 'facts:'"),
    (r"InvalidAccessKeyId|INVALID_ACCESS_KEY_ID", "the server does not know the access key", KEY),
    (r"SignatureDoesNotMatch|SIGNATURE_DOES_NOT_MATCH", "the secret of the key is wrong", KEY),
    (r"ExpiredToken|EXPIRED_TOKEN|TokenRefreshRequired", "the key has expired", KEY),
    (r"RequestTimeTooSkewed|REQUEST_TIME_TOO_SKEWED", "the clock here or there is wrong", "set it right"),
    (
        r"ACCESS_DENIED|AccessDenied|Forbidden|\b403\b|HTTP status 403",
        "the key may not do that",
        "let it list, read, write and delete objects there, or use another one",
    ),
    (r"AuthorizationHeaderMalformed|PermanentRedirect|\b301\b", "the bucket is elsewhere", "correct 'region:'"),
    (
        r"NETWORK_CONNECTION|curlCode|tcp connect|Connection refused|dns error|error sending request|timed out|timeout"
        r"|connection closed|end of file|[Cc]onnection reset|broken pipe",
        "the server does not answer",
        "start it, or correct 'endpoint:' in workspace.yaml",
    ),
    (r"SLOW_DOWN|SlowDown|\b50[0234]\b|INTERNAL_FAILURE", "the server is in trouble", "try again later"),
    (r"No space left|Disk quota", "the disk of the workspace is full", "make room and try again"),
    (r"Permission denied|Read-only file", "the copy in the workspace cannot be written to", "make it writable"),
)


@contextmanager
def told(place: Place, after: str) -> Iterator[None]:
    """Raises RecordError; `after` is what has, or has not, happened by then."""
    try:
        yield
    except CommitFailedError:
        raise  # somebody else was first; that is no fault
    except (OSError, DeltaError, pa.ArrowException) as error:
        raise RecordError(f"{place}: {reason(error)}; {after}") from error


def reason(error: BaseException) -> str:
    said = str(error)
    for sign, what, instead in SIGNS:
        if re.search(sign, said):
            return f"{what}: {instead}"
    plain = re.sub(r"\x1b\[\d+m|\s+", " ", said).strip()
    return f"{shown(plain, 200)}: look at the server"
