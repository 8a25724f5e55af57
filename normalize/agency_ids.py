"""The id of an agency: one over years, spellings and reports, so that a panel joins."""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256

from thaita.normalize.agencies import only_agency
from thaita.normalize.match_key import fold
from thaita.normalize.place_names import place_names


@lru_cache(maxsize=20_000)
def agency_id(
    name: str | None, district_code: str | None = None, province_code: str | None = None
) -> str | None:
    """Return the id of the agency of this name and place, None for no name.

    It is made of the agency's type, its own name and where it is: the code of the subdistrict that it is
    named after, where the district, the province or the name alone leaves but one, and else as much of the
    place as is known. So an agency whose report leaves the district out has the id of the same agency, unless
    its province has two of that name.

    >>> full = agency_id("องค์การบริหารส่วนตำบลตะเคียนราม", "3317", "33")
    >>> agency_id("อบต.ตะเคียนราม", None, "33") == full == agency_id("อบต. ตะเคียนราม")
    True
    >>> agency_id("เทศบาลตำบลตะเคียนราม", "3317", "33") == full
    False
    """
    if name is None:
        return None
    agency = only_agency(name)
    kind, own = (agency.agency_type, agency.place_name) if agency is not None else ("", name)
    place = _place(own, district_code, province_code)
    key = "|".join((kind, fold(own) if own else fold(name), place))
    return "a" + sha256(key.encode("utf-8")).hexdigest()[:12]


def _place(own: str, district_code: str | None, province_code: str | None) -> str:
    codes = place_names("subdistrict").get(own, ())
    for known in (district_code, province_code, ""):
        if known is not None:
            inside = [code for code in codes if code.startswith(known)]
            return inside[0] if len(inside) == 1 else known
    return ""
