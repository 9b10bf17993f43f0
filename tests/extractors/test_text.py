"""The cleaned view keeps every offset."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.text import clean, read_text, trim
from extractors.words import fold


@pytest.mark.parametrize(("raw", "words"), [
    ("we call it \\textsc{Ofa} here", ["we", "call", "it", "Ofa", "here"]),
    ("on extit{FooSet}, extbf{text}", ["on", "FooSet", ",", "text"]),
    ("an emph{FooNet} step", ["an", "FooNet", "step"]),
    ("FooNet|BarNet|81.2%|84.5% of P", ["FooNet", "|", "BarNet", "|", "81.2", "%", "|", "84.5", "%", "of", "P"]),
    ("a context{Foo}", ["a", "context{Foo", "}"]),
    ("the {\\em Foo} net", ["the", "Foo", "net"]),
    ("gains 2.5\\% on it", ["gains", "2.5", "%", "on", "it"]),
    ("Foo Net~(FN) is", ["Foo", "Net", "(", "FN", ")", "is"]),
    ("a **Foo** b", ["a", "Foo", "b"]),
    ("call <i>FooNet</i>, <b>Foo</b>Net and FooNet<sub>2</sub>.",
     ["call", "FooNet", ",", "FooNet", "and", "FooNet2", "."]),
    ("<jats:p>Foo</jats:p><p>Bar<br/>Baz", ["Foo", "Bar", "Baz"]), ("A&amp;B&nbsp;&lt; &#x41;", ["A&B", "<", "A"]),
    ('<a href="x.org/a">Foo</a>-based', ["Foo", "-", "based"]), ("a<b and c>d, R&D; AT&T", [
        "a", "<", "b", "and", "c", ">", "d", ",", "R&D", ";", "AT&T"]),
    ("$k$-means, $\\beta$-Net and Foo$_{20}$ in $n$ steps", [
        "k", "-", "means", ",", "beta", "-", "Net", "and", "Foo20", "in", "$", "n$", "steps"]),
    ("Foo$^2$Net and Bar$^\\star$", ["Foo2Net", "and", "Bar", "*"]),
    ("$\\mathbf{S}^{2}$Match, $\\mathcal{P}$-Flow, $\\pi_0$-Net and the $\\mathrm{F}_1$ of $x_1$", [
        "S2Match", ",", "P", "-", "Flow", ",", "pi0", "-", "Net", "and", "the", "F1", "of", "$", "x_1", "$"]),
    ("\\textsc{Mega-\\emph{Net}} and Foo\\textit{Bar}", ["Mega", "-", "Net", "and", "FooBar"]),
    ("English$\\leftrightarrow$French", ["English$", "$", "French"]),
    ("<mask> &foo;", ["<", "mask", ">", "&", "foo", ";"]),
    ("我们提出FooNet模型, ResNet-50と", ["我们提出", "FooNet", "模型", ",", "ResNet-50", "と"]),
    ("x" * 400 + " Foo", ["Foo"]), ("\u6587" * 400 + "Foo", ["\u6587" * 300, "\u6587" * 100, "Foo"]),
    (("<i>" + "x" * 200 + "</i>") * 2 + " Foo", ["Foo"]),
    ("Res\u00adNet on CO\u200bCO", ["ResNet", "on", "COCO"]), ("large\u2010scale", ["large", "-", "scale"]),
])
def test_clean(raw: str, words: list[str]) -> None:
    view = clean(raw)
    assert len(view) == len(raw)
    text = read_text(raw, 0)
    assert [w.text for w in text.words if w.text.strip()] == words


@pytest.mark.parametrize("raw", [
    "see https://github.com/a\\_b/ https://github.com/a\\_b/ https://github.com/c\\_d/ here",
    "", " ", "!?!?" * 500, "\u202bשלום עולם\u202c مرحبا", "\U0001f600" * 50, "a\x00b\x07c", "x" * 10_000, "\n\n\n",
])
def test_any_text_has_offsets_in_order(raw: str) -> None:
    text = read_text(raw, 0)
    assert all(a < b for a, b in zip(text.starts, text.ends, strict=True))
    assert text.starts == sorted(text.starts)
    assert len(text.view) == len(raw)


_MARKS = ("$", "^", "_", "{", "}", "\\", "\\textbf{", "\\emph{Foo", "<i>", "</i>", "&amp;", "https://github.com/a\\_b/",
          "/", " ", "Foo", "2", "-", "B/L", "@1/5", "\u200b", "é", "[email protected]", "**", "`", "\n", "文")


@settings(deadline=None)
@given(st.lists(st.sampled_from(_MARKS), max_size=20).map("".join))
def test_any_mix_of_marks_keeps_the_length(raw: str) -> None:
    assert len(clean(raw)) == len(raw)
    read_text(raw, 0)


@pytest.mark.parametrize(("left", "right", "same"), [
    ("Kinetics-400", "Kinetics 400", True), ("GANs", "GAN", True), ("ScanNet++", "ScanNet", False),
    ("loss", "los", False), ("ViT-B", "ViT-L", False), ("ViT-S", "ViT", False), ("ViTs", "ViT", True),
    ("Gaussian processes", "Gaussian process", True), ("bounding boxes", "bounding box", True),
    ("KV caches", "KV cache", True),
])
def test_fold(left: str, right: str, same: bool) -> None:
    assert (fold(left) == fold(right)) is same


@pytest.mark.parametrize(("raw", "trimmed"), [
    ("CNN)-based", "CNN"), ("GAN-", "GAN"), ("K.", "K"), ("PLM(s", "PLM"), ("- k-NN", "k-NN"), ("LLM –", "LLM"),
    ("SAM (ViT-H)", "SAM (ViT-H)"), ("C++", "C++"), ("ViT-L/14", "ViT-L/14"), (")", ")"), ("-", "-"), ("(x", "(x"),
])
def test_brackets_without_partner_and_dashes_are_left_off(raw: str, trimmed: str) -> None:
    start, end = trim(f"a {raw} b", 2, 2 + len(raw))
    assert f"a {raw} b"[start:end] == trimmed


@pytest.mark.parametrize(("raw", "cut", "closed"), [
    ("on CIFAR$10$ and", "CIFAR$10", "CIFAR$10$"), ("the $k$-means of", "k$-means", "$k$-means"),
    ("the $k$-means of", "$k$-means", "$k$-means"), ("it costs US$5 a", "US$5", "US$5"),
])
def test_math_in_a_name_is_closed(raw: str, cut: str, closed: str) -> None:
    start = raw.index(cut)
    start, end = trim(raw, start, start + len(cut))
    assert raw[start:end] == closed
