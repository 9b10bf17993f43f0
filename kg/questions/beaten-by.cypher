// 6. What beats a method
// What outperforms a method, where, and by how much?
MATCH (w:Method)-[r:OUTPERFORMS]->(m:Method)
WHERE m.id = $method
OPTIONAL MATCH (d:Dataset|Benchmark) WHERE d.id = r.dataset
OPTIONAL MATCH (k:Metric) WHERE k.id = r.metric
RETURN w.name AS winner, d.name AS dataset, k.name AS metric, r.delta AS delta, r.hedged AS hedged,
       r.support AS support, r.key AS claim
ORDER BY support DESC, claim
LIMIT 200
