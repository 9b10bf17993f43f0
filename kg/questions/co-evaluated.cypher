// 3. Evaluated together
// Which datasets are most often evaluated on in the same paper?
MATCH (a:Dataset|Benchmark)<-[:EVALUATED_ON]-(p:Paper)-[:EVALUATED_ON]->(b:Dataset|Benchmark)
WHERE a.id < b.id AND (coalesce($dataset, a.id) = a.id OR coalesce($dataset, b.id) = b.id)
WITH a, b, count(DISTINCT p.id) AS papers
RETURN a.name AS first, b.name AS second, papers
ORDER BY papers DESC, a.id, b.id
LIMIT 50
