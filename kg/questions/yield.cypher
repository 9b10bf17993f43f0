// 17. Yield of each rule
// How many claims and results did each rule give?
OPTIONAL MATCH ()-[r]->()
WHERE r.support IS NOT NULL
UNWIND coalesce(r.rules, ['']) AS rule
WITH rule, count(*) AS times
WITH collect({rule: rule, claims: times, results: 0}) AS claimed
OPTIONAL MATCH (result:Result)
WITH claimed, coalesce(result.rule, '') AS rule, count(*) AS times
WITH claimed, collect({rule: rule, claims: 0, results: times}) AS given
UNWIND claimed + given AS one
WITH one.rule AS rule, sum(one.claims) AS claims, sum(one.results) AS results
WHERE rule <> ''
RETURN rule, claims, results
ORDER BY claims + results DESC, rule
LIMIT 200
