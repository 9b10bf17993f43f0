// 2. Best of each year
// What was the best value on a dataset in each year, by each metric?
MATCH (result:Result)-[:ON_DATASET]->(d:Dataset|Benchmark), (result)-[:HAS_METRIC]->(k:Metric),
      (result)-[:OF_METHOD]->(:Method), (result)-[:REPORTED_IN]->(p:Paper)
WHERE d.id = $dataset AND result.form = 'absolute' AND p.year IS NOT NULL AND coalesce($metric, k.id) = k.id
WITH k, p.year AS year, coalesce(result.normalized, result.number) AS score,
     CASE WHEN result.normalized IS NOT NULL THEN 'fraction' ELSE coalesce(result.unit, 'number') END AS scale
WHERE score IS NOT NULL
WITH k.id AS metricId, year, scale AS scaleThere,
     max(CASE WHEN coalesce(k.higherIsBetter, true) THEN score ELSE -score END) AS best
MATCH (result:Result)-[:ON_DATASET]->(d:Dataset|Benchmark), (result)-[:HAS_METRIC]->(k:Metric),
      (result)-[:OF_METHOD]->(m:Method), (result)-[:REPORTED_IN]->(p:Paper)
WHERE d.id = $dataset AND result.form = 'absolute' AND p.year = year AND k.id = metricId
WITH result, k, m, p, year, scaleThere, best, coalesce(result.normalized, result.number) AS score,
     CASE WHEN result.normalized IS NOT NULL THEN 'fraction' ELSE coalesce(result.unit, 'number') END AS scale
WHERE scale = scaleThere AND CASE WHEN coalesce(k.higherIsBetter, true) THEN score ELSE -score END = best
RETURN year, k.name AS metric, scale, m.name AS method, result.value AS value, score, p.id AS paper,
       result.id AS result
ORDER BY year, k.id, scale, result.id
LIMIT 200
