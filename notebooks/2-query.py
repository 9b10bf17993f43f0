# %% [markdown]
# # 2 Cypher and SPARQL side by side
#
# An atlas has two embedded stores: one answers Cypher, one SPARQL. Twenty questions ship in both languages, and both
# give the same answer. Where `NEO4J_URI` is set, the same Cypher goes to a Neo4j server too.

# %%
import os
import tempfile
from collections import Counter
from contextlib import closing
from importlib.resources import files
from pathlib import Path

import pandas as pd

import kg
from kg import analysis
from kg.ask import ask, select
from kg.find import find_one
from kg.questions import get_question, questions
from kg.questions.cypher import answer_neo4j, answer_store, cypher_text
from kg.stores import ladybug, neo4j, oxigraph
from kg.stores.sparql import Engine

SAMPLE = str(files("kg") / "sample" / "daily_papers.txt")
ATLAS = None  # the folder of an atlas of yours, such as "../atlas"; None builds the sample in a temporary folder

folder = ATLAS or str(Path(tempfile.mkdtemp()) / "atlas")
if not ATLAS:
    kg.build_atlas(kg.read_papers(SAMPLE), folder, formats=())
atlas = kg.open_atlas(folder)
graph, base = atlas.graph(), atlas.manifest["base"]
cypher = ladybug.open_store(ladybug.ensure_store(atlas))
sparql = Engine(oxigraph.ensure_store(atlas), timeout=120)
print(f"{graph.number_of_nodes():,} nodes in both stores")

# %% [markdown]
# ## The same query, written twice
# Which datasets do most papers evaluate on? In Cypher an edge is a relationship, in SPARQL it is a triple.

# %%
found = cypher.query("""
MATCH (p:Paper)-[:EVALUATED_ON]->(d:Dataset)
RETURN d.name AS dataset, count(DISTINCT p) AS papers
ORDER BY papers DESC, dataset LIMIT 8
""")
pd.DataFrame(list(found.rows), columns=found.columns)

# %%
columns, rows = select(sparql, """
PREFIX pa: <https://w3id.org/paperatlas/ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?dataset (COUNT(DISTINCT ?p) AS ?papers) WHERE {
  ?p a pa:Paper ; pa:evaluatedOn ?d . ?d a pa:Dataset ; rdfs:label ?dataset
} GROUP BY ?d ?dataset ORDER BY DESC(?papers) ?dataset LIMIT 8
""", base=base)
pd.DataFrame(rows, columns=columns)

# %% [markdown]
# ## The twenty questions

# %%
pd.DataFrame([(q.number, name, q.words, ", ".join(p.name + "?" * p.optional for p in q.parameters))
              for name, q in questions().items()], columns=["number", "name", "question", "parameters"])

# %% [markdown]
# ## One of them in both languages
# The best scores on the dataset with the most results.

# %%
boards = analysis.attempt(analysis.board_overview, graph)
dataset = None if boards is None else boards.groupby("dataset")["results"].sum().idxmax()
print(dataset)
print(cypher_text("best-on", embedded=True))

# %%
def both(name: str, **values: object) -> pd.DataFrame | None:
    """Ask a question in SPARQL and in Cypher, compare, and give the answer."""
    question = get_question(name)
    one = ask(sparql, question, values, base=base)
    two = answer_store(cypher, name, {key: find_one(graph, str(value)) for key, value in values.items()})
    same = "the same" if Counter(one) == Counter(two) else "NOT THE SAME"
    print(f"{name}: {len(one)} rows by SPARQL, {len(two)} by Cypher, {same}")
    return pd.DataFrame(one, columns=list(question.columns))


if dataset is not None:
    print(both("best-on", dataset=dataset).head(10).to_string())

# %% [markdown]
# ## All that need no parameter

# %%
for name, question in questions().items():
    if all(parameter.optional for parameter in question.parameters):
        both(name)

# %% [markdown]
# ## Neo4j
# `kg neo4j up` starts a server of your own; `kg load atlas/` fills it. Then set `NEO4J_URI` (and `NEO4J_USERNAME`,
# `NEO4J_PASSWORD`) and run this notebook again.

# %%
uri = os.environ.get("NEO4J_URI")
if uri:
    user, password = os.environ.get("NEO4J_USERNAME", "neo4j"), os.environ.get("NEO4J_PASSWORD", "")
    with neo4j.connect(uri, user=user, password=password) as driver:
        rows = answer_neo4j(driver, "baselines", {})
    print(pd.DataFrame(rows, columns=list(get_question("baselines").columns)).head(10).to_string())
else:
    print("NEO4J_URI is not set: skipped")

# %%
cypher.close()
with closing(sparql):
    print("closed")

# %% [markdown]
# ## Try next
# * Change a question's text and ask it: `cypher.query(cypher_text("lineage", embedded=True), {...})`.
# * From a terminal: `kg cypher atlas/ "MATCH …"`, `kg sparql atlas/ "SELECT …"`, `kg ask atlas/ best-on …`.
# * Serve the atlas to other tools by the SPARQL protocol: `kg serve atlas/`.
# * Leaderboards, conflicts and trends, with pictures: notebook 3.
