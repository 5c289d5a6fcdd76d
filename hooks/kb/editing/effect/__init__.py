"""What a change does to readers, as Markdown: harm first."""

from kb.editing.effect.report import effect
from kb.editing.effect.sizes import NotBuilt, built
from kb.editing.effect.versions import NoVersion, compared

__all__ = ["NoVersion", "NotBuilt", "built", "compared", "effect"]
