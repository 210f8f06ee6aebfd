"""When things were published, and when what they tell of happened."""

from index.dates.evidence import Hints, convention_of
from index.dates.names import MONTHS, WEEKDAYS
from index.dates.places import date_in_name, date_in_url, is_dateline, wire_date
from index.dates.published import ORIGINS, Dated, Publication, parse_date, publication
from index.dates.written import Order, Written, written

__all__ = [
    "MONTHS",
    "ORIGINS",
    "WEEKDAYS",
    "Dated",
    "Hints",
    "Order",
    "Publication",
    "Written",
    "convention_of",
    "date_in_name",
    "date_in_url",
    "is_dateline",
    "parse_date",
    "publication",
    "wire_date",
    "written",
]
