"""Agency ids: the same agency has the same id across years, spellings and reports, so that panel data can be joined."""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256

from thaita.normalize.agencies import agency_of_name, only_agency
from thaita.normalize.match_key import fold
from thaita.normalize.place_names import place_names


@lru_cache(maxsize=20_000)
def agency_id(
    name: str | None, district_code: str | None = None, province_code: str | None = None
) -> str | None:
    """Return the id of the agency with this name and place, None without a name.

    The id consists of the agency's type, name and location. The location is the code of the subdistrict
    that the agency is named after, if the district, the province or the name alone determines it; otherwise
    the known part of the place. A report that omits the district therefore yields the same id, unless the
    province has two agencies with that name.

    >>> full = agency_id("องค์การบริหารส่วนตำบลตะเคียนราม", "3317", "33")
    >>> agency_id("อบต.ตะเคียนราม", None, "33") == full == agency_id("อบต. ตะเคียนราม")
    True
    >>> agency_id("เทศบาลตำบลตะเคียนราม", "3317", "33") == full
    False
    """
    if name is None:
        return None
    agency = agency_of_name(name) or only_agency(name)
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
