"""What a mailed link or code is for."""

from enum import StrEnum


class Purpose(StrEnum):
    """Why a link and a code were mailed."""

    SIGN_IN = "sign_in"
    CHANGE_EMAIL = "change_email"
