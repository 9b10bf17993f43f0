// 16. Doubtful claims, in the dialect of the embedded engine
MATCH (a)-[r]->(b)
WHERE r.support IS NOT NULL AND r.confidence < $below
WITH a, r, b
ORDER BY r.confidence, r.key
LIMIT 50
WITH a, r, b,
     list_to_string('', list_transform(string_split(lower(label(r)), '_'), word -> initcap(word))) AS capital
RETURN a.id AS source, concat(lower(left(capital, 1)), substring(capital, 2, 100)) AS relation, b.id AS target, r.confidence AS confidence, r.support AS support, r.key AS claim
ORDER BY confidence, claim
