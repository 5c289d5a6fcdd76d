"""The Chinese search engine: documents in, index files out; the browser's half is ``docs/assets/answer``.

``build(documents, vocabulary, scripts, nothing, cache)`` is the whole interface. ``FORMAT.md`` beside this
file describes what it writes, byte by byte.
"""

from kb.search.build import Index, build
from kb.search.documents import Document, Message, Section
from kb.search.vocabulary import Vocabulary

__all__ = ["Document", "Index", "Message", "Section", "Vocabulary", "build"]
