// 5. The sentences behind a claim, in the dialect of the embedded engine
MATCH (a:Paper|Method|Dataset|Benchmark|Task)-[r]->(b:Method|Dataset|Benchmark|Metric|Task|Repository)
WHERE a.id = $source AND b.id = $target AND r.support IS NOT NULL
UNWIND r.evidence AS spot
MATCH (mention:Mention)-[:IN_PAPER]->(p:Paper)
WHERE mention.id = spot AND mention.sentence IS NOT NULL
WITH r, p, mention,
     list_to_string('', list_transform(string_split(lower(label(r)), '_'), word -> initcap(word))) AS capital
WITH r, p, mention, concat(lower(left(capital, 1)), substring(capital, 2, 100)) AS relation
RETURN relation, r.confidence AS confidence, mention.sentence AS sentence, p.id AS paper, mention.id AS mention
ORDER BY relation, r.key, mention.id
LIMIT 200
