// 13. Tasks of a dataset
// Which tasks do the papers address that evaluate on a dataset?
MATCH (p:Paper)-[:EVALUATED_ON]->(d:Dataset|Benchmark), (p)-[:ADDRESSES]->(t:Task)
WHERE d.id = $dataset
WITH t, count(DISTINCT p.id) AS papers
RETURN t.name AS task, papers
ORDER BY papers DESC, t.id
LIMIT 50
