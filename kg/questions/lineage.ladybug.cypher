// 11. Lineage of a method, in the dialect of the embedded engine
MATCH (start:Method) WHERE start.id = $method
OPTIONAL MATCH (start)-[:BASED_ON|VERSION_OF* SHORTEST 1..30]->(far:Method)
WITH start.id AS first, collect(far.id) AS others
UNWIND list_append(others, first) AS id
WITH DISTINCT id
MATCH (m:Method) WHERE m.id = id
WITH m
MATCH (m)-[r:BASED_ON|VERSION_OF]->(a:Method)
WITH DISTINCT m, a, CASE label(r) WHEN 'BASED_ON' THEN 'basedOn' ELSE 'versionOf' END AS relation
RETURN m.name AS method, relation, a.name AS ancestor
ORDER BY m.id, relation, a.id
LIMIT 200
