// 10. Results without code
// Which own results on a dataset come from papers without a repository?
MATCH (result:Result)-[:ON_DATASET]->(d:Dataset|Benchmark), (result)-[:REPORTED_IN]->(p:Paper)
WHERE d.id = $dataset AND result.role = 'own' AND NOT EXISTS { MATCH (p)-[:HAS_REPOSITORY]->(:Repository) }
OPTIONAL MATCH (result)-[:OF_METHOD]->(m:Method)
OPTIONAL MATCH (result)-[:HAS_METRIC]->(k:Metric)
RETURN m.name AS method, k.name AS metric, result.value AS value, p.id AS paper, result.id AS result
ORDER BY p.id, result.id
LIMIT 200
