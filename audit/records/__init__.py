"""What people decided and what came in: records that are only ever added to, each with an entry in the trail."""

from audit.records.database import Change, Clock, Records, open_records, utc_now

__all__ = ["Change", "Clock", "Records", "open_records", "utc_now"]
