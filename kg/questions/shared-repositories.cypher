// 18. Shared repositories
// Which repositories do several papers link to?
MATCH (p:Paper)-[:HAS_REPOSITORY]->(repo:Repository)
WITH repo, count(DISTINCT p.id) AS papers
WHERE papers > 1
RETURN repo.url AS repository, papers
ORDER BY papers DESC, repo.id
LIMIT 50
