// 20. Gaps
// On which datasets of a task was a method never evaluated?
MATCH (p:Paper)-[:ADDRESSES]->(t:Task), (p)-[:EVALUATED_ON]->(d:Dataset|Benchmark)
WHERE t.id = $task
WITH d, count(DISTINCT p.id) AS papers
WHERE NOT EXISTS { MATCH (m:Method)-[:EVALUATED_ON]->(d) WHERE m.id = $method }
  AND NOT EXISTS { MATCH (m:Method)<-[:OF_METHOD]-(:Result)-[:ON_DATASET]->(d) WHERE m.id = $method }
  AND NOT EXISTS { MATCH (m:Method)<-[:PROPOSES]-(:Paper)-[:EVALUATED_ON]->(d) WHERE m.id = $method }
RETURN d.name AS dataset, papers
ORDER BY papers DESC, d.id
LIMIT 50
