"""Made-up numbers in every disguise, and what only looks like them."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st
from stdnum import luhn
from stdnum.cn import ric

from db.digits import UNSEEN

WIDE = str.maketrans("0123456789X-. ", "０１２３４５６７８９Ｘ－．　")
REGIONS = ("430124", "110101", "654321", "469030", "429021", "710000", "830000")
PARTERS = (" ", "-", ".", "·", "\u3000", "－", "\n", "\r\n", "\t", " - ", "—", *UNSEEN[:6])


def identity(region: str = "430124", born: date = date(1980, 1, 1), order: int = 123) -> str:
    """Return a made-up identity number whose check digit fits."""
    body = f"{region}{born:%Y%m%d}{order:03d}"
    return body + str(ric.calc_check_digit(body + "0"))


def card(start: str = "621799", length: int = 19, fill: int = 12345678901234) -> str:
    """Return a made-up bank card number whose Luhn digit fits."""
    body = (start + f"{fill:020d}"[-(length - len(start) - 1) :])[: length - 1]
    return body + str(luhn.calc_check_digit(body))


identities = st.builds(
    identity,
    st.sampled_from(REGIONS),
    st.dates(date(1900, 1, 1), date(2024, 12, 31)),
    st.integers(0, 999),
)
cards = st.builds(
    card, st.sampled_from(("621799", "622848", "95599", "4392")), st.integers(16, 19), st.integers(10**9, 10**14)
)
mobiles = st.integers(13_000_000_000, 19_999_999_999).map(str)


@st.composite
def parted(draw: st.DrawFn, numbers: st.SearchStrategy[str]) -> str:
    """Return a number with one kind of separator at any places, perhaps in full width, perhaps with a small x."""
    number = draw(numbers)
    places = draw(st.sets(st.integers(1, len(number) - 1)))
    parter = draw(st.sampled_from(PARTERS))
    written = "".join((parter if at in places else "") + sign for at, sign in enumerate(number))
    return written.translate(WIDE) if draw(st.booleans()) else written.replace("X", draw(st.sampled_from("xXｘ×")))
