-- id: 29
-- key: near-listed
-- title: Within three steps of a listed party
-- subject: party
-- needs: importer|consignee|buyer|end_user, exporter|supplier|shipper|seller
-- not_computable_if: SELECT 'no party was screened' AS reason WHERE NOT EXISTS (SELECT 1 FROM screened)
-- parameter: least_weight = 0.2 | product of the weights of the steps
-- parameter: listed_score = 0.97 | from which likeness on a party counts as the listed one
-- parameter: least_lines = 3 | of controlled goods between two parties that make their trade a repeated one
-- source: practice of ownership and trade networks ("hops")
-- doc: A chain of at most three steps from a listed party: the same unit-level address, or repeated trade in
-- doc: controlled goods. A step weighs 1 / log2(2 + degree), so that one through a secretarial office or a big
-- doc: trader counts for little. The path is printed. Near is not the same as acting for.
WITH listed AS (
  SELECT entity, min(listed_name || ' (' || list || ')') AS listed_name FROM party_hits
  WHERE identifier_agrees OR score >= :listed_score GROUP BY entity
),
trading AS (
  SELECT sender AS a, recipient AS b FROM controlled_trades
  WHERE sender IS NOT NULL AND recipient IS NOT NULL AND sender <> recipient
  GROUP BY sender, recipient HAVING count(*) >= :least_lines
),
trade_edges AS (SELECT a, b FROM trading UNION SELECT b AS a, a AS b FROM trading),
trade_degrees AS (SELECT a, count(*) AS degree FROM trade_edges GROUP BY a),
homes AS (SELECT DISTINCT address_key, entity FROM party_addresses WHERE unit_level),
home_degrees AS (SELECT address_key, count(*) AS degree FROM homes GROUP BY address_key HAVING count(*) >= 2),
edges AS (
  SELECT e.a, e.b, ln(2.0) / ln(2.0 + greatest(x.degree, y.degree)) AS weight, 'trade' AS kind
  FROM trade_edges e JOIN trade_degrees x ON x.a = e.a JOIN trade_degrees y ON y.a = e.b
  UNION ALL
  SELECT p.entity AS a, q.entity AS b, ln(2.0) / ln(2.0 + d.degree) AS weight, 'address' AS kind
  FROM homes p JOIN homes q ON q.address_key = p.address_key AND q.entity <> p.entity
  JOIN home_degrees d ON d.address_key = p.address_key
),
names AS (SELECT entity, min(name) AS name FROM parties GROUP BY entity),
one AS (
  SELECT l.entity AS seed, e.b AS party, e.weight, 1 AS steps,
    l.listed_name || ' -' || e.kind || '- ' || coalesce(n.name, e.b) AS path
  FROM listed l JOIN edges e ON e.a = l.entity LEFT JOIN names n ON n.entity = e.b WHERE e.weight >= :least_weight
),
two AS (
  SELECT o.seed, e.b AS party, o.weight * e.weight AS weight, 2 AS steps, o.path || ' -' || e.kind || '- ' || coalesce(n.name, e.b) AS path
  FROM one o JOIN edges e ON e.a = o.party AND e.b <> o.seed LEFT JOIN names n ON n.entity = e.b
  WHERE o.weight * e.weight >= :least_weight
),
three AS (
  SELECT t.seed, e.b AS party, t.weight * e.weight AS weight, 3 AS steps, t.path || ' -' || e.kind || '- ' || coalesce(n.name, e.b) AS path
  FROM two t JOIN edges e ON e.a = t.party AND e.b <> t.seed LEFT JOIN names n ON n.entity = e.b
  WHERE t.weight * e.weight >= :least_weight
),
reached AS (SELECT * FROM one UNION ALL SELECT * FROM two UNION ALL SELECT * FROM three),
best AS (
  SELECT r.*, row_number() OVER (PARTITION BY party ORDER BY steps, weight DESC, path) AS place FROM reached r
  WHERE party NOT IN (SELECT entity FROM listed)
)
SELECT b.party AS subject, coalesce(n.name, b.party) AS subject_name, t.source, t.row_no, t.day,
  CAST(b.steps AS VARCHAR) || CASE WHEN b.steps = 1 THEN ' step' ELSE ' steps' END || ', weight '
    || CAST(CAST(b.weight AS DECIMAL(18, 2)) AS VARCHAR) || ': ' || b.path AS statistic
FROM best b
LEFT JOIN names n ON n.entity = b.party
JOIN (
  SELECT sender AS party, source, row_no, day FROM controlled_trades
  UNION ALL
  SELECT recipient AS party, source, row_no, day FROM controlled_trades
) t ON t.party = b.party
WHERE b.place = 1
