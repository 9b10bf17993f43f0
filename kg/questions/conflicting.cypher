// 7. Conflicting values
// Where do papers print different values for the same method, dataset, metric, split and setting?
MATCH (result:Result)-[:OF_METHOD]->(m:Method), (result)-[:ON_DATASET]->(d:Dataset|Benchmark),
      (result)-[:HAS_METRIC]->(k:Metric), (result)-[:REPORTED_IN]->(p:Paper)
WHERE result.form = 'absolute' AND coalesce($dataset, d.id) = d.id
WITH m, d, k, p, coalesce(result.split, '') AS split, coalesce(result.setting, '') AS setting,
     coalesce(result.normalized, result.number) AS score,
     CASE WHEN result.normalized IS NOT NULL THEN 'fraction' ELSE coalesce(result.unit, 'number') END AS scale
WHERE score IS NOT NULL
WITH m, d, k, split, setting, scale, min(score) AS lowest, max(score) AS highest, count(DISTINCT p.id) AS papers
WHERE papers > 1 AND lowest < highest
RETURN m.name AS method, d.name AS dataset, k.name AS metric, split, setting, lowest, highest,
       round(highest - lowest, 6) AS spread, papers
ORDER BY spread DESC, m.id, d.id, k.id, split, setting, scale
LIMIT 200
