"""What workspace.yaml may say of a bucket, and what it is told where that cannot be meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.errors import AuditError
from pipelines.storage import Storage
from pipelines.storage.place import Place, Server, keys, options
from pipelines.workspace import open_workspace

HEAD = "organisation: Ours\n"
LOCAL = HEAD + "storage: {endpoint: 'http://127.0.0.1:9000', allow_http: true}\n"
GOOD = [
    ("facts: s3://our-bucket/clauselight", "our-bucket", "clauselight"),
    ("facts: s3://our.bucket/a/b_c/d=e/", "our.bucket", "a/b_c/d=e"),
    ("facts: s3://our-bucket", "our-bucket", ""),
    ("storage: {region: eu-central-1}\nfacts: s3://our-bucket/x", "our-bucket", "x"),
    ("facts: s3://our-bucket/x\nstorage: {endpoint: 'https://s3.example.org:9000/'}", "our-bucket", "x"),
    ("storage:\n  endpoint: http://127.0.0.1:9000\n  allow_http: true\nfacts: s3://abc/x", "abc", "x"),
]
BAD = [
    ("facts: /mnt/facts", "write a bucket and a folder in it, as in s3://our-bucket/clauselight"),
    ("facts: s3://b/x", "write a bucket and a folder in it"),
    ("facts: s3://Our-Bucket/x", "write a bucket and a folder in it"),
    ("facts: s3://key:secret@our-bucket/x", "write a bucket and a folder in it"),
    ("facts: s3://our-bucket/a/../b?x", "write a bucket and a folder in it"),
    ("facts: s3://our-bucket/../b", "write a bucket and a folder in it"),
    ("facts: ''", "write a bucket and a folder in it"),
    ("storage: {endpoint: 'http://s3.example.org'}\nfacts: s3://our-bucket/x", "write https://, or 'allow_http: true'"),
    ("storage: {endpoint: s3.example.org}\nfacts: s3://our-bucket/x", "write the address of the server alone"),
    ("storage: {endpoint: 'https://key:secret@example.org'}\nfacts: s3://our-bucket/x", "the address of the server"),
    ("storage: {secret: abc}\nfacts: s3://our-bucket/x", "'secret' is not known here"),
    ("storage: {region: eu-central-1}", "says how a server is reached, and 'facts:' names nothing there"),
]


def workspace(folder: Path, written: str) -> Path:
    (folder / "workspace.yaml").write_text(HEAD + written + "\n")
    return folder


@pytest.mark.parametrize(("written", "bucket", "prefix"), GOOD)
def test_a_place_is_understood(tmp_path: Path, written: str, bucket: str, prefix: str) -> None:
    found = open_workspace(workspace(tmp_path, written)).set_up.place
    assert found
    assert (found.bucket, found.prefix) == (bucket, prefix)


@pytest.mark.parametrize(("written", "told"), BAD)
def test_a_place_that_cannot_be_meant_is_refused(tmp_path: Path, written: str, told: str) -> None:
    with pytest.raises(AuditError) as raised:
        open_workspace(workspace(tmp_path, written))
    assert told in str(raised.value)
    assert "\n" not in str(raised.value)


def test_without_a_place_the_facts_are_in_the_workspace(tmp_path: Path) -> None:
    found = open_workspace(workspace(tmp_path, ""))
    assert found.set_up.place is None
    assert type(found.storage) is Storage


COPIES = [
    ("facts: s3://our-bucket/x", "s3://our-bucket/x", None),
    ("", None, None),
    ("", "s3://our-bucket/x", "facts/ is only a copy of s3://our-bucket/x"),
    (
        "facts: s3://our-bucket/y",
        "s3://our-bucket/x",
        "facts/ is a copy of s3://our-bucket/x, and workspace.yaml names",
    ),
    ("facts: s3://our-bucket/x", None, "and the facts are in facts/ still"),
]


@pytest.mark.parametrize(("written", "of", "told"), COPIES)
def test_a_copy_is_never_taken_for_the_facts(tmp_path: Path, written: str, of: str | None, told: str | None) -> None:
    (tmp_path / "facts" / "orders" / "_delta_log").mkdir(parents=True)
    if of:
        (tmp_path / "facts" / ".copy-of").write_text(f"{of}\n")
    if told is None:
        open_workspace(workspace(tmp_path, written))
    else:
        with pytest.raises(AuditError, match=told):
            open_workspace(workspace(tmp_path, written))


PLACE = Place("our-bucket", "x")
BOTH = "AWS_ACCESS_KEY_ID=abc\nAWS_SECRET_ACCESS_KEY=def\n"


def test_keys_come_from_the_environment(tmp_path: Path) -> None:
    said = {"AWS_ACCESS_KEY_ID": "abc", "AWS_SECRET_ACCESS_KEY": "def", "AWS_REGION": "elsewhere"}
    assert keys(PLACE, tmp_path, said) == {"AWS_ACCESS_KEY_ID": "abc", "AWS_SECRET_ACCESS_KEY": "def"}


@pytest.mark.parametrize(
    "written", [BOTH, "# ours\nexport AWS_ACCESS_KEY_ID='abc'\nAWS_SECRET_ACCESS_KEY = \"def\"\n\n"]
)
def test_keys_come_from_a_file_outside(tmp_path: Path, written: str) -> None:
    (tmp_path / "keys").write_text(written)
    named = Place("our-bucket", "x", Server(keys="../keys"))
    (tmp_path / "ours").mkdir()
    assert keys(named, tmp_path / "ours", {}) == {"AWS_ACCESS_KEY_ID": "abc", "AWS_SECRET_ACCESS_KEY": "def"}


REFUSED = [
    ("../keys", "AWS_ACCESS_KEY_ID=abc\n", "put AWS_SECRET_ACCESS_KEY in ../keys"),
    ("../keys", "", "put AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in ../keys"),
    ("../keys", None, "the keys cannot be read (No such file or directory)"),
    ("keys", BOTH, "keys inside the workspace would go into every backup; move the file out of it"),
]


@pytest.mark.parametrize(("named", "written", "told"), REFUSED)
def test_keys_that_cannot_be_used_are_refused(tmp_path: Path, named: str, written: str | None, told: str) -> None:
    folder = tmp_path / "ours"
    folder.mkdir()
    if written is not None:
        (folder / named).write_text(written)
    with pytest.raises(AuditError) as raised:
        keys(Place("our-bucket", "x", Server(keys=named)), folder, {})
    assert told in str(raised.value)
    assert "def" not in str(raised.value)


def test_commits_are_conditional_whatever_the_environment_says() -> None:
    said = options(PLACE, {"AWS_ACCESS_KEY_ID": "abc", "AWS_SECRET_ACCESS_KEY": "def"})
    assert (said["AWS_CONDITIONAL_PUT"], said["AWS_S3_ALLOW_UNSAFE_RENAME"]) == ("etag", "false")
    assert (said["AWS_ALLOW_HTTP"], "AWS_ENDPOINT_URL" in said) == ("false", False)


@pytest.mark.parametrize(
    "written",
    [
        "storage: {endpoint: 'https://key:s3cret@example.org'}\nfacts: s3://our-bucket/x",
        "facts: s3://key:s3cret@our-bucket/x",
        "facts: 'https://s3.example.org/x?token=s3cret'",
    ],
)
def test_a_wrong_address_is_told_without_its_secret(tmp_path: Path, written: str) -> None:
    (tmp_path / "workspace.yaml").write_text(HEAD + written, encoding="utf-8")
    with pytest.raises(AuditError) as refused:
        open_workspace(tmp_path)
    assert "***" in str(refused.value) and "s3cret" not in str(refused.value)
