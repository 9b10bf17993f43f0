// 12. Most used components
// Which methods do most papers use?
MATCH (p:Paper)-[:USES]->(m:Method)
WHERE m.kind IS NOT NULL AND coalesce($which, m.kind) = m.kind
WITH m, count(DISTINCT p.id) AS papers
RETURN m.name AS method, m.kind AS kind, papers
ORDER BY papers DESC, m.id
LIMIT 50
