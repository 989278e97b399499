"""Finds e-mail addresses and phone numbers in what people wrote, and masks them; order numbers and dates stay."""

from __future__ import annotations

import re
from collections import Counter

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

E_MAIL, PHONE = "[e-mail]", "[phone]"
SUSPECT = r"@|＠|[(\[](?:at|AT|At)[)\]]|[０-９]|[0-9](?:[^0-9]{0,3}[0-9]){6}"
"""One quick look for signs of an address, or seven digits close together; most texts have none."""

ADDRESS = re.compile(
    r"(?<![A-Za-z0-9._%+'-])(?:(?![一-鿿])[\w.%+'-]){1,64}(?:[@＠]|\s?[(\[]at[)\]]\s?)[\w-]+(?:\.[\w-]+)+",
    re.IGNORECASE,
)
AT = re.compile(r"[@＠]|[(\[]at[)\]]", re.IGNORECASE)
RUN = r"\(?\+?\(?\d(?:(?:[\ \u00a0./–-]|\)[\ /-]?|[\ /]?\(|\ [/–-]\ )?\d){0,30}"
ASKED = r"""
    \b(?:tel|telephone|phone|ph|mobile|cell|call(?:ed|ing)?|ring|reach|whatsapp|fax|telefon|handy|mobil|anruf|tél
        |tel[ée]fono|m[óo]vil)\b
    | 电话|手机|座机|联系|致电|拨打"""
# what repeats is bounded, so that a text of a megabyte is looked through once and not a million times
NUMBER = re.compile(
    rf"""
      (?P<named>                              # numbers of things: whatever follows such a word is none of a phone
        (?<!\w)(?:order|invoice|ticket|case|ref(?:erence)?|tracking|shipment|parcel|article|item|part|serial|batch|lot
          |sku|ean|gtin|isbn|iban|vin|customer|account|contract|po|so|sn|id|iso|bestellung|auftrag|rechnung|sendung
          |vorgang|artikel|commande|facture|colis|pedido|factura)(?:s?\b|\s?-)
          [\s:#.-]*(?:(?:no|nr|num|number|nummer|n°|code|id|is|was|und|and)\b[\s:#.-]*)*
          (?-i:[A-Z]{{0,4}})[-/ ]?\d[\w/.-]*
        | (?:订单|单号|运单|快递|发票|编号|合同|工单|批号|货号|账号|流水)[号码编]*[是为:：#\s]*[A-Za-z]{{0,4}}-?\d[\w-]*
        | [\#№]\s?\d[\w/.-]*
      )
    | (?P<money>(?:[€$£¥￥]|\b(?:EUR|USD|GBP|CNY|RMB|CHF)\b)\s?\d[\d.,'\ ]{{0,30}}\d
        | (?<![\w+])\d[\d.,'\ ]{{0,30}}\s?(?:[€$£¥￥元%]|(?:EUR|USD|GBP|CNY|RMB|CHF|euros?|dollars?|pcs|units?|kg)\b))
    | (?P<account>\b[A-Z]{{2}}\d{{2}}(?:\ ?[A-Z0-9]{{4}}){{2,7}}(?:\ ?[A-Z0-9]{{1,3}})?\b | \b1Z(?:\ ?[0-9A-Z]){{16}}\b)
    | (?P<moment>(?<!\d)(?:(?:19|20)\d\d(?P<a>[-/.])\d{{1,2}}(?P=a)\d{{1,2}}
        |\d{{1,2}}(?P<b>[-/.])\d{{1,2}}(?P=b)(?:19|20)?\d\d|(?:19|20)\d\d年\d{{1,2}}月\d{{1,2}}日)(?![./-]?\d)(?:[T\s,]{{1,2}}\d{{1,2}}:\d\d(?::\d\d)?(?:[.,]\d{{1,9}})?)?)
    | (?P<grouped>(?<![\w+])[1-9]\d{{0,2}}(?:(?P<c>[.,'\ ])\d{{3}})(?:(?P=c)\d{{3}}){{0,6}}(?:[.,]\d{{1,2}})?
        (?![\w-]|[.\ /]\d))
    | (?P<digits>
        (?P<asked>(?:{ASKED})
          (?:\s|[.:：,]|\b(?:me|us|him|her|back|on|at|under|unter|number|no|nr|is|was|au)\b|号码|方式|是|为|我|：)*)?
        (?<![0-9A-Za-zÀ-ɏ_+])(?P<number>{RUN})(?![0-9A-Za-zÀ-ɏ_])
      )
    """,
    re.VERBOSE | re.IGNORECASE,
)
QUICK, CALL = re.compile(RUN.replace("\\ ", " ")), re.compile(ASKED, re.VERBOSE | re.IGNORECASE)
FORMS = (
    re.compile(r"1[3-9]\d([ -]?)\d{4}\1\d{4}"),  # mobile in China
    re.compile(r"(?:1[ .-])?(?:\([2-9]\d\d\)[ .-]?|[1-9]\d\d[ .-])\d{3}[.-]\d{4}"),  # North America
    re.compile(r"(?:1[ .-])?\([2-9]\d\d\) ?\d{3} \d{4}"),
    re.compile(r"[2-9]\d\d [2-9]\d\d \d{4}"),
    re.compile(r"(?:400|800)[ -]?\d{3}[ -]?\d{4}"),  # service numbers in China
)
INTERNATIONAL = re.compile(r"\(?(?:\+|00)\(?[1-9]")
NATIONAL = re.compile(r"\(?0[1-9]")
FULL_WIDTH = str.maketrans("０１２３４５６７８９＋－（）", "0123456789+-()")


def mask(texts: pa.Array) -> tuple[pa.Array, Counter[str]]:
    """The texts with what was found in brackets in its place, and how many of each kind. They may be coded."""
    if pa.types.is_dictionary(texts.type):
        masked, counts = _each(
            texts.dictionary, np.bincount(texts.indices.drop_null(), minlength=len(texts.dictionary))
        )
        return pa.DictionaryArray.from_arrays(texts.indices, masked), counts
    return _each(texts, np.ones(len(texts), dtype=np.int64))


def _each(texts: pa.Array, times: NDArray[np.int64]) -> tuple[pa.Array, Counter[str]]:
    """`times` says how often each text stands in the rows."""
    suspect = pc.fill_null(pc.match_substring_regex(texts, SUSPECT), False)
    counts: Counter[str] = Counter()
    if not pc.any(suspect).as_py():
        return texts, counts
    masked = []
    for at in pc.indices_nonzero(suspect).to_pylist():
        found: Counter[str] = Counter()
        masked.append(masked_text(texts[at].as_py(), found))
        counts.update({kind: count * int(times[at]) for kind, count in found.items() if times[at]})
    return pc.replace_with_mask(texts, suspect, pa.array(masked, texts.type)), counts


def masked_text(text: str, counts: Counter[str]) -> str:
    def address(found: re.Match[str]) -> str:
        counts["e-mail"] += 1
        return E_MAIL

    def number(found: re.Match[str]) -> str:
        written = found["number"]
        if not written or not _is_phone(written.translate(FULL_WIDTH), asked=bool(found["asked"])):
            return found[0]
        counts["phone"] += 1
        return found[0].removesuffix(written) + PHONE

    if AT.search(text):
        text = ADDRESS.sub(address, text)
    return NUMBER.sub(number, text) if _may_hold_phone(text) else text


def _may_hold_phone(text: str) -> bool:
    """Saves the long look where no number has the form of one and no word asks to call."""
    runs = [run.translate(FULL_WIDTH) for run in QUICK.findall(text)]
    return any(_is_phone(run, asked=False) for run in runs) or bool(CALL.search(text))


def _is_phone(written: str, asked: bool) -> bool:
    count = sum(sign.isdigit() for sign in written)
    if asked and 7 <= count <= 15:
        return True
    if INTERNATIONAL.match(written):
        return 8 <= count - 2 * ("+" not in written) <= 15
    if NATIONAL.match(written):
        return 9 <= count <= 12
    return any(form.fullmatch(written) for form in FORMS)
