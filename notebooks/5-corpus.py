# %% [markdown]
# # 5 Your own corpus
#
# What the rules read in a paper, which names they lack, how to add these, and how to measure what comes of it.

# %%
import tempfile
from importlib.resources import files
from itertools import islice
from pathlib import Path

import pandas as pd
from IPython import display as shown
from spacy import displacy

import kg
from extractors import extract_all
from extractors.records import record_to_json
from kg.evaluation import error_rows, evaluate, rule_counts, rule_rows, score_rows
from kg.why import why

SAMPLE = str(files("kg") / "sample" / "daily_papers.txt")
ATLAS = None  # the folder of an atlas of yours, such as "../atlas"; None takes the papers of the sample

papers = [record.paper for record in islice(kg.open_atlas(ATLAS).records(), 200)] if ATLAS \
    else list(kg.read_papers(SAMPLE))
records = {record.paper.id: record for record in extract_all(papers)}
print(f"{len(records)} papers read")

# %% [markdown]
# ## What a paper says
# The record of one paper: here the paper with the most results. The words in colour are the mentions.

# %%
record = max(records.values(), key=lambda r: (len(r.results), len(r.entities), r.paper.id))
COLOURS = {"Method": "#a6cee3", "Dataset": "#b2df8a", "Benchmark": "#ffff99", "Metric": "#fdbf6f", "Task": "#cab2d6",
           "Result": "#fb9a99"}


def marked(record: object) -> dict[str, object]:
    """Give the mentions and values of a record for displaCy, the longest where several overlap."""
    spans = [(m.start, m.end, entity.type) for entity in record.entities for m in entity.mentions]
    spans += [(result.start, result.end, "Result") for result in record.results]
    kept = []
    for start, end, label in sorted(spans, key=lambda s: (s[0] - s[1], s)):
        if all(end <= other["start"] or start >= other["end"] for other in kept):
            kept.append({"start": start, "end": end, "label": label})
    return {"text": record.paper.text, "ents": sorted(kept, key=lambda span: span["start"]), "title": None}


html = displacy.render(marked(record), style="ent", manual=True, jupyter=False, options={"colors": COLOURS})
shown.display(shown.HTML(html))

# %%
pd.DataFrame([(r.value, r.form, r.method, r.dataset, r.metric, r.split, r.setting, r.role, r.confidence)
              for r in record.results],
             columns=["value", "form", "method", "dataset", "metric", "split", "setting", "role", "confidence"])

# %% [markdown]
# ## Why
# Each entity names the rules that voted for it, the strongest first, and how sure they are together.

# %%
pd.DataFrame([(e.name, e.type, e.role, e.confidence, ", ".join(e.rules[:3]), len(e.mentions)) for e in record.entities],
             columns=["name", "type", "role", "confidence", "rules", "mentions"])

# %% [markdown]
# `why` tells the whole story of one name or printed number, what turned it down included: here the first value, and the
# first word of the title. On the command line it is `kg why`.

# %%
asked = [record.results[0].value] if record.results else []
asked.append(record.paper.title.split()[0].strip(":,"))
pd.DataFrame([(name, *row) for name in asked for row in why(record, name)][:25],
             columns=["asked", "what", "fact", "evidence"])

# %% [markdown]
# Over all papers: which rules fire most, and how sure their entities are.

# %%
votes = pd.DataFrame([(rule, e.type, e.confidence) for r in records.values() for e in r.entities for rule in e.rules],
                     columns=["rule", "type", "confidence"])
fired = votes.groupby(["rule", "type"])["confidence"].agg(["size", "mean"]).round(3)
fired.sort_values("size", ascending=False).head(15)

# %% [markdown]
# ## A lexicon of your own
# A tab-separated file with a header; `name` and `type` are enough, `aliases` are parted by `|`. On the command line:
# `kg build PAGES --lexicon mine.tsv -o atlas/`.

# %%
ROWS = [("patch memories", "Method", "patch memory"), ("peer review", "Task", "")]  # names of your field go here
lexicon = Path(tempfile.mkdtemp()) / "mine.tsv"
lexicon.write_text("\n".join(["name\ttype\taliases", *("\t".join(row) for row in ROWS)]) + "\n", encoding="utf-8")
again = {record.paper.id: record for record in extract_all(papers, lexicons=[lexicon])}


def names(record: object) -> set[tuple[str, str]]:
    """Give the types and names of a record's entities."""
    return {(entity.type, entity.name) for entity in record.entities}


changes = [(records[i].paper.title, sign, *entity) for i in records
           for sign, found in (("+", names(again[i]) - names(records[i])), ("-", names(records[i]) - names(again[i])))
           for entity in sorted(found)]
print(f"{len(changes)} changes in {len(papers)} papers")
pd.DataFrame(changes, columns=["paper", "change", "type", "name"])

# %% [markdown]
# ## Measure
# Labelled papers have the same form as records. Write what is read, correct it by hand, and compare. Here one line
# stands in for the hand: it takes the least sure entity away and adds one that nothing found.

# %%
labelled = record_to_json(record)
unsure = min(labelled["entities"], key=lambda e: (e.get("confidence", 1), e["name"]))
labelled["entities"] = [e for e in labelled["entities"] if e is not unsure]
labelled["entities"].append({"type": "Dataset", "name": "A dataset nobody saw", "surfaces": ["A dataset nobody saw"],
                             "role": "evaluated"})
gold, read = {record.paper.id: labelled}, {record.paper.id: record_to_json(record)}
report = evaluate(gold, read)
scores = pd.DataFrame(score_rows(report))
scores.dropna(subset="f1").drop(columns=["accuracy", "of"], errors="ignore").round(3)

# %%
pd.DataFrame([{"row": row, **error} for row in report.rows for error in error_rows(report, row)])

# %% [markdown]
# The precision of each rule, which becomes the confidence of what it says:

# %%
pd.DataFrame(rule_rows(rule_counts(gold, read))).head(15)

# %% [markdown]
# ## Try next
# * Label twenty papers of your field, then look at the rules that are most often wrong.
# * Write a lexicon from names that your group uses, and build again with `--lexicon`.
# * `kg review atlas/` lists pairs of nodes that may be one thing; `kg merge` and `kg split` decide.
