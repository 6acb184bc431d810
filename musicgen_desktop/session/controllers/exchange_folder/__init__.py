"""The exchange folder: what another program bounces into it is offered as a track."""

from ._arrivals import Arrival, Arrivals
from ._into_project import Arrived, WatchIntoProject
from ._watch import ExchangeWatch, exchange_folder

__all__ = ["Arrival", "Arrivals", "Arrived", "ExchangeWatch", "WatchIntoProject", "exchange_folder"]
