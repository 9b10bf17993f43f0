# %% [markdown]
# # 1 Build a graph from pages and look around
#
# A page of abstracts, saved as text, becomes a graph of papers, methods, datasets, benchmarks, metrics, tasks,
# repositories and results. Each statement keeps the words that it was read from.
#
# The sample page ships with the package; its papers are invented. To look at a larger atlas, change the line
# `ATLAS = …`.

# %%
from collections import Counter
from importlib.resources import files

import pandas as pd

import kg
from kg import analysis
from kg.card import card
from kg.find import sentences

SAMPLE = str(files("kg") / "sample" / "daily_papers.txt")
ATLAS = None  # the folder of an atlas of yours, such as "../atlas"; None builds the sample in memory

graph = kg.load(ATLAS) if ATLAS else kg.build(kg.read_papers(SAMPLE))
print(f"{graph.number_of_nodes():,} nodes, {graph.number_of_edges():,} edges")

# %% [markdown]
# ## What is in it
# Every node has a `type` and a `name`; every edge has a `type`.

# %%
nodes = pd.Series(Counter(kind for _, kind in graph.nodes(data="type")), name="nodes")
nodes.sort_values(ascending=False).to_frame()

# %%
edges = pd.Series(Counter(kind for _, _, kind in graph.edges(data="type")), name="edges")
edges.sort_values(ascending=False).to_frame()

# %% [markdown]
# ## Papers
# A paper without a year stands under the date of its page.

# %%
analysis.paper_frame(graph).head(10)

# %% [markdown]
# ## What most papers name

# %%
uses = analysis.use_frame(graph, "Method", "Dataset", "Benchmark", "Metric", "Task")
counts = uses["node"].value_counts().rename("papers").reset_index()
counts["name"] = [graph.nodes[node]["name"] for node in counts["node"]]
counts["type"] = [graph.nodes[node]["type"] for node in counts["node"]]
counts.groupby("type").head(5).sort_values(["type", "papers"], ascending=[True, False], ignore_index=True)

# %% [markdown]
# ## One method from all sides
# The card of a node says what it is, what is said of it, and in which words. Here: the proposed method of which most is
# said. On the command line it is `kg show atlas/ NAME`.

# %%
proposed = sorted({method for _, method, kind in graph.edges(data="type") if kind == "proposes"})
method = max(proposed, key=lambda node: (graph.degree(node), node))
one = card(graph, method)
print(one.name, one.facts)
for section in one.sections:
    print(f"\n{section.title}")
    for line in section.lines[:4]:
        print(f"  {line.name}\n    “{line.sentence}”")

# %% [markdown]
# ## Every edge has its evidence
# A claim's properties: the papers that make it (`support` counts them), the confidence, the rules that read it and the
# mentions that prove it.

# %%
claims = [(graph.nodes[a]["name"], props["type"], graph.nodes[b]["name"], props["confidence"],
           next(iter(sentences(graph, props)), ""))
          for a, b, props in graph.edges(data=True) if props["type"] in ("outperforms", "basedOn")]
pd.DataFrame(claims, columns=["subject", "claim", "object", "confidence", "sentence"]).head(12)

# %% [markdown]
# ## Try next
# * Read pages of your own: `kg build PAGE.txt PAPERS.jsonl.gz -o my-atlas/`, then `ATLAS = "my-atlas"` above.
# * Look at another node: `card(graph, find_one(graph, "…"))` with `from kg.find import find_one`.
# * Ask the graph in Cypher and SPARQL: notebook 2.
