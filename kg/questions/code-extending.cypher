// 4. Code that extends a method
// Which papers with code propose something that extends a method, directly or through others?
MATCH (:Method {id: $method})<-[:BASED_ON*1..]-(m:Method)
WITH DISTINCT m
MATCH (m)<-[:PROPOSES]-(p:Paper)-[:HAS_REPOSITORY]->(repo:Repository)
WITH DISTINCT m, p, repo
RETURN m.name AS method, p.id AS paper, repo.url AS repository
ORDER BY m.id, p.id, repo.id
LIMIT 200
