// 9. Uptake of new datasets
// Which datasets introduced since a year have most other papers evaluating or training on them?
MATCH (p:Paper)-[:INTRODUCES]->(d:Dataset|Benchmark)
WHERE p.year IS NOT NULL
WITH d, min(p.year) AS introduced
WHERE introduced >= $year
OPTIONAL MATCH (user:Paper)-[:EVALUATED_ON|TRAINED_ON]->(d)
WHERE NOT EXISTS { MATCH (user)-[:INTRODUCES]->(d) }
WITH d, introduced, count(DISTINCT user.id) AS papers
RETURN d.name AS dataset, introduced, papers
ORDER BY papers DESC, d.id
LIMIT 50
