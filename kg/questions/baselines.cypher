// 14. Commonest baselines
// Which methods do most papers compare with?
MATCH (p:Paper)-[:COMPARES_WITH]->(m:Method)
WHERE coalesce($task, '') = '' OR EXISTS { MATCH (p)-[:ADDRESSES]->(t:Task) WHERE t.id = $task }
WITH m, count(DISTINCT p.id) AS papers
RETURN m.name AS method, papers
ORDER BY papers DESC, m.id
LIMIT 50
