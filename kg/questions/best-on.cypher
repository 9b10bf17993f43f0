// 1. Best on a dataset
// Which methods score best on a dataset, metric by metric?
MATCH (result:Result)-[:ON_DATASET]->(d:Dataset|Benchmark), (result)-[:HAS_METRIC]->(k:Metric),
      (result)-[:OF_METHOD]->(m:Method), (result)-[:REPORTED_IN]->(p:Paper)
WHERE d.id = $dataset AND result.form = 'absolute' AND coalesce($metric, k.id) = k.id
WITH result, k, m, p, coalesce(result.normalized, result.number) AS score,
     CASE WHEN result.normalized IS NOT NULL THEN 'fraction' ELSE coalesce(result.unit, 'number') END AS scale
WHERE score IS NOT NULL
RETURN k.name AS metric, scale, m.name AS method, result.value AS value, score, result.split AS split,
       result.setting AS setting, result.role AS role, p.id AS paper, result.id AS result
ORDER BY k.id, scale, CASE WHEN coalesce(k.higherIsBetter, true) THEN -score ELSE score END, result.id
LIMIT 200
