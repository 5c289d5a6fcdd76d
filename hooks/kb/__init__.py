"""The knowledge base: cards in, checks, links, search index and decision trees out.

Nothing in this package imports MkDocs; ``hooks/main.py`` adapts it to MkDocs' events.
"""
