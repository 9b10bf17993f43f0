# %% [markdown]
# # 3 Leaderboards, conflicts, trends
#
# Results are numbers tied to a method, a dataset, a metric and the sentence that states them. Gains ("+2.3 over X") are
# no scores and are kept apart.

# %%
from importlib.resources import files

import kg
from kg import analysis
from kg.analysis import attempt, grids, plots

SAMPLE = str(files("kg") / "sample" / "daily_papers.txt")
ATLAS = None  # the folder of an atlas of yours, such as "../atlas"; None builds the sample in memory

graph = kg.load(ATLAS) if ATLAS else kg.build(kg.read_papers(SAMPLE))
print(f"{graph.number_of_nodes():,} nodes, {graph.number_of_edges():,} edges")

# %% [markdown]
# ## Boards
# Scores stand on one board where dataset, split, metric, setting and scale are the same.

# %%
boards = attempt(analysis.board_overview, graph)
None if boards is None else boards.head(10)

# %%
attempt(plots.plot_leaderboard, graph)

# %% [markdown]
# Any board as a table, each score with its sentence:

# %%
None if boards is None else analysis.leaderboard(graph, boards["dataset"].iloc[0]).head(10)

# %% [markdown]
# ## Conflicts
# Papers that print different values for the same method, dataset, metric, split and setting. Often the recipe differs,
# sometimes the reading of the text went wrong: the sentences tell.

# %%
attempt(analysis.conflict_frame, graph)

# %%
attempt(plots.plot_conflicts, graph)

# %% [markdown]
# ## Who beats whom
# What everybody compares with, and rings in which each method is said to beat the next.

# %%
baselines = attempt(analysis.baselines, graph)
None if baselines is None else baselines.head(10)

# %%
attempt(analysis.cycles, graph)

# %% [markdown]
# ## Trends
# Shares of papers by year, or by page date where papers have no year. With few papers a share says little.

# %%
attempt(plots.plot_trends, graph, "Method")

# %%
attempt(plots.plot_trends, graph, "Dataset")

# %%
attempt(plots.plot_movers, graph, "Method")

# %% [markdown]
# ## The life of a benchmark
# First use, peak, last use; the best score over time; what is left to gain.

# %%
lives = attempt(analysis.dataset_lives, graph)
None if lives is None else lives.head(10)

# %%
attempt(plots.plot_progress, graph)

# %%
attempt(analysis.saturation, graph)

# %% [markdown]
# ## Code

# %%
attempt(plots.plot_code, graph)

# %% [markdown]
# ## Gaps
# Methods by datasets: a dot is a cell that no paper filled. Then the same as a prediction, tested on papers held out,
# beside the popularity that any prediction must beat (see `held_out_auc`).

# %%
attempt(grids.plot_gaps, graph)

# %%
attempt(analysis.held_out_auc, graph)

# %%
gaps = attempt(analysis.likely_gaps, graph)
None if gaps is None else gaps.head(10)

# %% [markdown]
# ## Try next
# * Another board: `plots.plot_leaderboard(graph, "DATASET", "METRIC")`.
# * Follow names of your choice: `plots.plot_trends(graph, "Task", names=["…", "…"])`.
# * The pictures from a terminal: `kg plot atlas/ trends -o trends.svg`.
# * What belongs together, and what builds on what: notebook 4.
