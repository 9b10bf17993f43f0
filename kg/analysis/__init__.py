"""Questions to the whole graph: functions on the NetworkX graph that return pandas frames.

Each raises `kg.DataError` with what is missing where an atlas has too little for it. Pictures are in
`kg.analysis.plots`, `kg.analysis.grids` and `kg.analysis.maps`.
"""

from kg.analysis.baselines import baselines, cycles, wins
from kg.analysis.coevaluation import coevaluation
from kg.analysis.communities import communities, company_graph, members, positions
from kg.analysis.frames import attempt, paper_frame, use_frame
from kg.analysis.gaps import cells, gap_table, gaps
from kg.analysis.influence import influence, lineage, lineage_lines
from kg.analysis.leaderboards import board_overview, conflict_frame, leaderboard
from kg.analysis.lives import dataset_lives, progress, saturation
from kg.analysis.prediction import held_out_auc, likely_gaps
from kg.analysis.reproducibility import code_share, papers_with_code
from kg.analysis.trends import movers, trends

__all__ = ["attempt", "baselines", "board_overview", "cells", "code_share", "coevaluation", "communities",
           "company_graph", "conflict_frame", "cycles", "dataset_lives", "gap_table", "gaps", "held_out_auc",
           "influence", "leaderboard", "likely_gaps", "lineage", "lineage_lines", "members", "movers", "paper_frame",
           "papers_with_code", "positions", "progress", "saturation", "trends", "use_frame", "wins"]
