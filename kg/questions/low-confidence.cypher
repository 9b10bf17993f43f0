// 16. Doubtful claims
// Which claims are held with least confidence?
MATCH (a)-[r]->(b)
WHERE r.support IS NOT NULL AND r.confidence < $below
WITH a, r, b
ORDER BY r.confidence, r.key
LIMIT 50
WITH a, r, b,
     reduce(name = '', word IN split(toLower(type(r)), '_') |
       name + CASE name WHEN '' THEN word ELSE toUpper(left(word, 1)) + substring(word, 1) END) AS relation
RETURN a.id AS source, relation, b.id AS target, r.confidence AS confidence, r.support AS support, r.key AS claim
ORDER BY confidence, claim
