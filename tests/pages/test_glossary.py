"""Terms of the trade in running text."""

from __future__ import annotations

from urllib.parse import unquote

from kb.content.records import Term
from kb.pages.glossary import explain

TERMS = [
    Term(term="收款码", says="店里的码。"),
    Term(term="个人收款码", says="个人的码。"),
    Term(term="风控", says="检测。"),
]


def linked(markup: str) -> str:
    return unquote(explain(markup, TERMS, "../g/"))


def test_the_first_occurrence_is_linked_with_its_meaning() -> None:
    assert linked("<p>贴着收款码，再贴收款码。</p>") == (
        '<p>贴着<a class="kb-term" href="../g/#收款码" title="店里的码。">收款码</a>，再贴收款码。</p>'
    )


def test_the_longest_term_wins() -> None:
    assert ">个人收款码</a>" in linked("<p>用的是个人收款码</p>")


def test_each_of_two_terms_in_one_text_is_linked() -> None:
    assert linked("<p>收款码和<b>别的</b>，风控，个人收款码，收款码。</p>").count("<a ") == 3
    assert linked("<p>贴收款码防风控，再说收款码。</p>") == (
        '<p>贴<a class="kb-term" href="../g/#收款码" title="店里的码。">收款码</a>防'
        '<a class="kb-term" href="../g/#风控" title="检测。">风控</a>，再说收款码。</p>'
    )


def test_text_after_an_element_counts() -> None:
    assert "<b>先</b>看<a" in linked("<p><b>先</b>看风控</p>")


def test_the_first_is_that_which_a_reader_meets_first() -> None:
    assert linked("<p><em>风控</em>和风控</p>").startswith("<p><em><a")
    assert linked("<ul><li>甲<p>风控</p>和风控</li></ul>").startswith("<ul><li>甲<p><a")


def test_text_before_the_first_element_is_text() -> None:
    assert linked("甲 &lt;b&gt; 乙<p>丙</p>") == "甲 &lt;b&gt; 乙<p>丙</p>"


def test_headings_links_scripts_and_footnotes_are_left_alone() -> None:
    for markup in (
        '<h2 id="x">风控</h2>',
        '<p><a href="y">风控</a></p>',
        "<blockquote><p>请查风控</p></blockquote>",
        '<div class="footnote"><p>风控</p></div>',
        "<p><code>风控</code></p>",
    ):
        assert linked(markup) == markup


def test_markup_stays_as_it_was() -> None:
    markup = "<p>甲<br>乙 &lt;b&gt; <strong>丙</strong></p>\n<ul>\n<li>丁</li>\n</ul>"
    assert linked(markup) == markup
