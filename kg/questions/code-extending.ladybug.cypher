// 4. Code that extends a method, in the dialect of the embedded engine
MATCH (start:Method) WHERE start.id = $method
OPTIONAL MATCH (start)<-[:BASED_ON* SHORTEST 1..30]-(far:Method)
WITH start.id AS first, collect(far.id) AS others
UNWIND list_append(others, first) AS id
MATCH (m:Method)-[:BASED_ON]->(x:Method) WHERE x.id = id
WITH DISTINCT m
MATCH (m)<-[:PROPOSES]-(p:Paper)-[:HAS_REPOSITORY]->(repo:Repository)
WITH DISTINCT m, p, repo
RETURN m.name AS method, p.id AS paper, repo.url AS repository
ORDER BY m.id, p.id, repo.id
LIMIT 200
