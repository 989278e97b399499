"""What people call an encoding."""

from __future__ import annotations

from pages.components.words import _


def encoding_words(name: str) -> str:
    spelled = {
        "utf-8": "UTF-8",
        "utf-16": "UTF-16",
        "utf-16-le": "UTF-16 LE",
        "utf-16-be": "UTF-16 BE",
        "gb18030": _("GB18030, GBK (Chinese)"),
        "big5": _("Big5 (traditional Chinese)"),
        "cp949": _("CP949, EUC-KR (Korean)"),
        "cp932": _("Shift-JIS (Japanese)"),
        "cp1252": _("Windows-1252, Latin-1 (Western Europe)"),
        "cp1250": _("Windows-1250 (Central Europe)"),
        "cp1251": _("Windows-1251 (Cyrillic)"),
        "latin-1": "ISO-8859-1 (Latin-1)",
        "iso-8859-15": "ISO-8859-15 (Latin-9)",
    }
    return spelled.get(name, name)


def delimiter_words(sign: str) -> str:
    spelled = {",": _("comma ,"), ";": _("semicolon ;"), "\t": _("tab"), "|": _("vertical bar |")}
    return spelled.get(sign, sign)
