// 5. The sentences behind a claim
// Which sentences say that one thing is tied to another?
MATCH (a:Paper|Method|Dataset|Benchmark|Task)-[r]->(b:Method|Dataset|Benchmark|Metric|Task|Repository)
WHERE a.id = $source AND b.id = $target AND r.support IS NOT NULL
UNWIND r.evidence AS spot
MATCH (mention:Mention)-[:IN_PAPER]->(p:Paper)
WHERE mention.id = spot AND mention.sentence IS NOT NULL
WITH r, p, mention,
     reduce(name = '', word IN split(toLower(type(r)), '_') |
       name + CASE name WHEN '' THEN word ELSE toUpper(left(word, 1)) + substring(word, 1) END) AS relation
RETURN relation, r.confidence AS confidence, mention.sentence AS sentence, p.id AS paper, mention.id AS mention
ORDER BY relation, r.key, mention.id
LIMIT 200
