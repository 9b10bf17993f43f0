from __future__ import annotations

import random

import pytest

from extractors.records import EntityType, Record
from kg.assemble import assemble_all
from kg.identity.rows import Row, Rows, index_rows, lexicon_rows
from tests.identity.makers import entity, record

SHARP, SEGMENT = "Sharpness-Aware Minimization", "Segment Anything Model"
NONE = Rows()


def who(records: list[Record], *, rows: Rows = NONE) -> dict[str, str]:
    """Give the node of each paper's first entity."""
    identity = assemble_all(records, rows=rows).identity
    return {paper: iri for (paper, at), iri in identity.iri_of.items() if at == 0}


def test_a_long_form_that_one_paper_gives_joins_the_acronym_of_another() -> None:
    found = who([record("a", entity("Dataset", "PTB", "Penn Treebank")), record("b", entity("Dataset", "PTB")),
                 record("c", entity("Dataset", "the Penn Treebank corpus"))])
    assert len(set(found.values())) == 1


@pytest.mark.parametrize("names", [
    ("Dataset", "COCO", "MS COCO", "MSCOCO", "Microsoft COCO"), ("Dataset", "K400", "Kinetics-400"),
    ("Metric", "F1", "F1-score", "F-measure", "F-score"), ("Metric", "PPL", "perplexity"),
    ("Task", "NER", "named entity recognition"),
])
def test_the_aliases_of_a_lexicon_row_are_one_thing_whichever_a_paper_uses(names: tuple[EntityType, ...]) -> None:
    type_, *aliases = names
    found = who([record(alias, entity(type_, alias)) for alias in aliases], rows=lexicon_rows())
    assert len(set(found.values())) == 1


def test_a_node_bears_the_aliases_that_no_paper_uses() -> None:
    rows = index_rows([Row("Dataset", "Alpha-400", ("Alpha400", "A400"))])
    made = assemble_all([record("a", entity("Dataset", "Alpha 400"))], rows=rows)
    assert [n.props["aliases"] for n in made.nodes if n.type == "Dataset"] == [["A400"]]


def test_a_word_whose_capitals_are_the_acronym_is_its_long_form() -> None:
    found = who([record("a", entity("Method", "FFN", "FooFlowNet")),
                 record("b", entity("Method", "FFN", "feed-forward net")),
                 record("c", entity("Method", "FooFlowNet"))])
    assert found["a"] == found["c"] != found["b"]


def test_two_long_forms_of_one_acronym_are_two_things() -> None:
    found = who([record("a", entity("Method", "SAM", SHARP)), record("b", entity("Method", "SAM", SEGMENT)),
                 record("c", entity("Method", SHARP)), record("d", entity("Method", "segment anything"))])
    assert found["a"] == found["c"] != found["b"] == found["d"]


def test_a_bare_name_joins_the_sense_whose_company_it_keeps() -> None:
    optimizer = "Flat minima generalise; sharpness of the optimizer's minimum, perturbation radius, ascent step."
    segmenter = "Promptable masks segment medical organs in tomography; radiology scans and lesions."
    found = who([
        record("a", entity("Method", "SAM", SHARP), abstract=optimizer),
        record("b", entity("Method", "SAM", SEGMENT), abstract=segmenter),
        record("c", entity("Method", "SAM"), abstract="Masks of lesions in tomography and radiology scans of organs."),
        record("d", entity("Method", "SAM"), abstract="Sharpness, flat minima and the perturbation radius of ascent.")])
    assert (found["c"], found["d"]) == (found["b"], found["a"])


def test_a_bare_name_in_doubt_joins_the_commonest_sense_and_the_doubt_is_kept() -> None:
    made = assemble_all([record(x, entity("Method", "SAM", SHARP), abstract=f"Flat minima {x}.") for x in "abc"]
                        + [record("d", entity("Method", "SAM", SEGMENT), abstract="Masks of organs."),
                           record("e", entity("Method", "SAM"), abstract="Something else.")], rows=NONE)
    assert made.identity.iri_of["e", 0] == made.identity.iri_of["a", 0]
    assert [(e.source, e.target) for e in made.edges if e.type == "possiblySameAs"] == [("method/sam", "method/sam~2")]


def test_two_papers_that_propose_one_name_propose_two_things() -> None:
    found = who([record("a", entity("Method", "STAR", role="proposed"), abstract="Speech translation of dialects."),
                 record("b", entity("Method", "STAR", role="proposed"), abstract="Protein folding of enzymes.")])
    assert found == {"a": "method/star", "b": "method/star~2"}


@pytest.mark.parametrize("authors", [["Ann Lee", "Bo Li"], []])
def test_two_versions_of_one_work_propose_one_thing(authors: list[str]) -> None:
    found = who([record("a", entity("Method", "WSNet", role="proposed"), title="WSNet: compact networks by sampling",
                        authors=authors),
                 record("b", entity("Method", "WSNet", role="proposed"),
                        title="WSNet: Compact Networks by Weight Sampling", authors=authors)])
    assert found["a"] == found["b"]


def test_types_keep_one_name_apart_but_dataset_and_benchmark_are_one() -> None:
    made = assemble_all([record("a", entity("Method", "MAE")), record("b", entity("Metric", "MAE")),
                         record("c", entity("Dataset", "ARC")), record("d", entity("Benchmark", "ARC")),
                         record("e", entity("Benchmark", "ARC"))], rows=NONE)
    assert {n.id for n in made.nodes if n.type not in ("Paper", "Mention")} == {
        "method/mae", "metric/mae", "benchmark/arc"}


def test_a_lexicon_joins_names_that_no_paper_joins() -> None:
    rows = index_rows([Row("Dataset", "COCO", ("MS COCO", "Microsoft COCO"), same_as=("http://www.wikidata.org/entity/Q1",))])
    made = assemble_all([record("a", entity("Dataset", "COCO")), record("b", entity("Dataset", "MS-COCO")),
                         record("c", entity("Dataset", "Microsoft COCO"))], rows=rows)
    node = next(n for n in made.nodes if n.type == "Dataset")
    assert (node.id, node.props["aliases"], node.props["sameAs"]) == (
        "dataset/coco", ["MS-COCO", "Microsoft COCO"], ["http://www.wikidata.org/entity/Q1"])


def test_a_generic_word_left_out_does_not_join_two_rows() -> None:
    rows = index_rows([Row("Method", "SAM", (SEGMENT,)), Row("Method", SHARP, ("SAM optimizer",))])
    assert rows.by_key["Method", "sam"] == ("Method|sam",)


def test_a_word_after_an_acronym_does_not_spell_it_out() -> None:
    rows = index_rows([Row("Method", "Lasso")])
    found = who([record("a", entity("Method", "LASSO", "LASSO loss")),
                 record("b", entity("Method", "Lasso"))], rows=rows)
    assert found == {"a": "method/lasso", "b": "method/lasso"}


def test_a_long_form_in_another_entity_of_the_paper_is_found_by_its_capitals() -> None:
    reader = "Structural Pre-traIned DialoguE Reader"
    found = assemble_all([record("a", entity("Method", "SPIDER"), entity("Method", reader))], rows=NONE).identity.iri_of
    assert found["a", 0] == found["a", 1]


def test_the_order_of_records_does_not_matter() -> None:
    records = [record(f"p{n}", entity("Method", *names, role=role)) for n, (names, role) in enumerate([
        (("SAM", SHARP), "proposed"), (("SAM",), "used"), (("SAM", SEGMENT), "used"), (("STAR",), "proposed"),
        (("STAR",), "proposed"), (("star",), "used"), (("GPT-4",), "used"), (("GPT-3",), "used")])]
    first = assemble_all(records, rows=NONE)
    for seed in range(10):
        shuffled = random.Random(seed).sample(records, len(records))
        again = assemble_all(shuffled, rows=NONE)
        assert (again.nodes, again.edges, again.registry) == (first.nodes, first.edges, first.registry)
