// 11. Lineage of a method
// What is a method based on or a version of, and what are those?
MATCH (:Method {id: $method})-[:BASED_ON|VERSION_OF*0..]->(m:Method)
WITH DISTINCT m
MATCH (m)-[r:BASED_ON|VERSION_OF]->(a:Method)
WITH DISTINCT m, a, CASE type(r) WHEN 'BASED_ON' THEN 'basedOn' ELSE 'versionOf' END AS relation
RETURN m.name AS method, relation, a.name AS ancestor
ORDER BY m.id, relation, a.id
LIMIT 200
