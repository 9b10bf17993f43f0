// 15. Disputed wins
// Which methods are each said to outperform the other?
MATCH (a:Method)-[win:OUTPERFORMS]->(b:Method), (b)-[loss:OUTPERFORMS]->(a)
WHERE a.id < b.id
WITH a, b, count(DISTINCT win.key) AS firstWins, count(DISTINCT loss.key) AS secondWins
RETURN a.name AS first, b.name AS second, firstWins, secondWins
ORDER BY a.id, b.id
LIMIT 200
