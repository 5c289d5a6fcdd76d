"""Refuse what is foreign to the site: contacts, links, adverts, active markup, hidden characters, personal numbers."""

# ruff: noqa: E501  (tables and examples; a Han character counts twice)

from .model import Allowed, Match, Syntax
from .scan import scan

__all__ = ["Allowed", "Match", "Syntax", "scan"]
