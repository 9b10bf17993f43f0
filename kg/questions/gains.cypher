// 19. Largest gains of a task
// What are the largest improvements reported in papers on a task?
MATCH (result:Result)-[:REPORTED_IN]->(p:Paper)
WHERE result.form = 'gain' AND result.number IS NOT NULL
  AND (EXISTS { MATCH (result)-[:FOR_TASK]->(t:Task) WHERE t.id = $task }
       OR EXISTS { MATCH (p)-[:ADDRESSES]->(t:Task) WHERE t.id = $task })
OPTIONAL MATCH (result)-[:OF_METHOD]->(m:Method)
OPTIONAL MATCH (result)-[:COMPARED_TO]->(base:Method)
OPTIONAL MATCH (result)-[:ON_DATASET]->(d:Dataset|Benchmark)
OPTIONAL MATCH (result)-[:HAS_METRIC]->(k:Metric)
RETURN coalesce(result.unit, '') AS unit, coalesce(result.relative, false) AS relative, result.number AS number,
       result.value AS value, m.name AS method, base.name AS baseline, d.name AS dataset, k.name AS metric,
       p.id AS paper, result.id AS result
ORDER BY unit, relative, number DESC, result.id
LIMIT 200
