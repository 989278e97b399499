"""Orders, as many as survey responses, and complaints, one for twenty: what else the same customers did."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tests.bench.csv_lines import Strings, blank_where, chosen, numbered, quoted
from tests.bench.survey import BEGIN, CHANNELS, DAYS, PRODUCTS, Block, customers

ORDERS = "order_id,ordered_at,customer_id,promised_at,delivered_at,status,amount,channel,product"
COMPLAINTS = "complaint_id,received_at,acknowledged_at,due_on,closed_at,customer_id,order_id,category,severity,"
COMPLAINTS += "correction,cause,channel,product"
COMPLAINTS_EVERY = 20
CATEGORIES = ["late delivery", "damaged", "wrong item", "invoice", "service, in person", "website"]
CAUSES = ["", "carrier", "picking error", "wrong address, not checked", "price list out of date", "unknown"]
DAY = 86_400


def orders(block: Block) -> list[Strings]:
    dice, count = block.dice(2), len(block.rows)
    ordered = _begun(block, dice)
    promised = ordered + dice.integers(2, 15, count) * DAY
    delivered = promised + (dice.normal(-0.5, 1.5, count) * DAY).astype(np.int64)
    status = dice.choice(3, count, p=[0.03, 0.94, 0.03])
    return [
        numbered("O", 50_000_000 + block.rows),
        _moment(ordered),
        customers(dice, block.size, count),
        _moment(promised),
        blank_where(_moment(np.maximum(delivered, ordered + 600)), status != 1),
        chosen(["open", "delivered", "cancelled"], status),
        _amount(dice, count),
        chosen(CHANNELS, dice.integers(0, 5, count)),
        _product(dice, count),
    ]


def complaints(block: Block) -> list[Strings]:
    dice, count = block.dice(3), len(block.rows)
    of_orders = block.size * COMPLAINTS_EVERY
    received = _begun(block, dice)
    closed = received + dice.integers(DAY // 2, 20 * DAY, count)
    return [
        numbered("K", 70_000_000 + block.rows),
        _moment(received),
        blank_where(_moment(received + dice.integers(60, 2 * DAY, count)), dice.random(count) < 0.1),
        pc.utf8_slice_codeunits(_moment(received + 14 * DAY), 0, 10),
        blank_where(_moment(closed), dice.random(count) < 0.08),
        blank_where(customers(dice, of_orders, count), dice.random(count) < 0.02),
        blank_where(numbered("O", 50_000_000 + dice.integers(0, of_orders, count)), dice.random(count) < 0.2),
        chosen([quoted(text) for text in CATEGORIES], dice.integers(0, len(CATEGORIES), count)),
        chosen(["low", "medium", "high"], dice.integers(0, 3, count)),
        chosen(["", "replaced", "refunded", '"apologised, voucher sent"'], dice.integers(0, 4, count)),
        chosen([quoted(text) for text in CAUSES], dice.integers(0, len(CAUSES), count)),
        chosen(CHANNELS, dice.integers(0, 5, count)),
        _product(dice, count),
    ]


def _begun(block: Block, dice: np.random.Generator) -> np.ndarray:
    """Seconds since 1970, rising from row to row as in an export."""
    span = DAYS * DAY
    first = int(BEGIN.astype("datetime64[s]").astype(np.int64))
    return block.rows * (span // block.size) + dice.integers(0, max(span // block.size, 1), len(block.rows)) + first


def _moment(seconds: np.ndarray) -> Strings:
    return pc.cast(pa.array(seconds).cast(pa.timestamp("s")), pa.string())


def _amount(dice: np.random.Generator, count: int) -> Strings:
    cents = (dice.lognormal(5, 1, count) * 100).astype(np.int64) + 100
    fraction = pc.utf8_slice_codeunits(pc.cast(pa.array(100 + cents % 100), pa.string()), 1, 3)
    return pc.binary_join_element_wise(pc.cast(pa.array(cents // 100), pa.string()), fraction, ".")


def _product(dice: np.random.Generator, count: int) -> Strings:
    return chosen([quoted(name) for name in PRODUCTS], dice.integers(0, len(PRODUCTS), count))
