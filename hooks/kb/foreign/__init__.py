"""Let in what is known, as a reader's browser shows it: characters, words, numbers, links, phrases."""

from .allowed import newly_allowed
from .doubt import doubtful
from .kept import scan_all
from .model import Known, Match, Syntax
from .scan import scan

__all__ = ["Known", "Match", "Syntax", "doubtful", "newly_allowed", "scan", "scan_all"]
