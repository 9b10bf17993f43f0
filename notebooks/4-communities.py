# %% [markdown]
# # 4 Communities and influence
#
# What papers name together makes neighbourhoods; what methods build on makes lineages.

# %%
from importlib.resources import files

from IPython import display as shown

import kg
from kg import analysis
from kg.analysis import attempt, grids, maps, plots

SAMPLE = str(files("kg") / "sample" / "daily_papers.txt")
ATLAS = None  # the folder of an atlas of yours, such as "../atlas"; None builds the sample in memory

graph = kg.load(ATLAS) if ATLAS else kg.build(kg.read_papers(SAMPLE))
print(f"{graph.number_of_nodes():,} nodes, {graph.number_of_edges():,} edges")

# %% [markdown]
# ## Communities
# Nodes are methods, datasets, benchmarks and tasks; an edge weighs how often papers name both. Communities are found by
# Leiden (igraph) or Louvain (NetworkX), from a fixed seed, and named by their most typical members.

# %%
members = attempt(analysis.members, graph)
if members is not None:
    print("modularity", members.attrs["modularity"])
    shown.display(analysis.communities(members).head(12))

# %% [markdown]
# ## A map

# %%
attempt(maps.plot_map, graph)

# %% [markdown]
# The same to move about in: wheel to zoom, drag to move, point at a node to see its neighbours. `write_map` saves it as
# one page that needs nothing else.

# %%
page = attempt(maps.map_page, graph)
if page is not None:
    quoted = page.replace("&", "&amp;").replace('"', "&quot;")
    frame = f'<iframe srcdoc="{quoted}" width="100%" height="600" style="border:0"></iframe>'
    shown.display(shown.HTML(f"<div>{frame}</div>"))

# %% [markdown]
# ## Datasets evaluated on together
# Against chance that keeps how much each dataset is used and how many datasets each paper uses.

# %%
pairs = attempt(analysis.coevaluation, graph)
None if pairs is None else pairs.head(10)

# %%
attempt(grids.plot_coevaluation, graph)

# %% [markdown]
# ## Influence
# PageRank runs from a method to what it builds on.

# %%
influence = attempt(analysis.influence, graph)
None if influence is None else influence.head(10)

# %%
attempt(plots.plot_influence, graph)

# %% [markdown]
# ## Lineage
# The tree of what builds on the method with the longest reach, and what it builds on itself.

# %%
if influence is not None:
    root = influence.sort_values(["reach", "node"], ascending=[False, True])["node"].iloc[0]
    print("\n".join(analysis.lineage_lines(graph, root, descendants=True)[:25]))
    print()
    print("\n".join(analysis.lineage_lines(graph, root)[:25]))

# %% [markdown]
# ## Try next
# * Finer communities: `analysis.members(graph, resolution=2.0)`.
# * The lineage of a method of yours: `analysis.lineage(graph, "NAME")`.
# * `kg plot atlas/ map -o map.html` writes the map to share.
# * A corpus of your own, with names that the lexicons lack: notebook 5.
