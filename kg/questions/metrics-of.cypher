// 8. Metrics of a dataset
// In which metrics are results on a dataset given, and how often?
MATCH (result:Result)-[:ON_DATASET]->(d:Dataset|Benchmark), (result)-[:HAS_METRIC]->(k:Metric),
      (result)-[:REPORTED_IN]->(p:Paper)
WHERE d.id = $dataset
WITH k, count(DISTINCT result.id) AS results, count(DISTINCT p.id) AS papers
RETURN k.name AS metric, results, papers
ORDER BY results DESC, k.id
LIMIT 200
