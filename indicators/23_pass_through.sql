-- id: 23
-- key: pass-through
-- title: Pass-through in a hub
-- subject: party
-- needs: quantity, destination, importer|consignee|buyer|end_user, exporter|supplier|shipper|seller
-- not_computable_if: SELECT 'no party of a hub is both receiver and sender: the data shows one side of the trade' AS reason
-- not_computable_if: WHERE NOT EXISTS (SELECT 1 FROM controlled_trades i JOIN controlled_trades o ON o.sender = i.recipient
-- not_computable_if:   WHERE i.recipient_country IN (SELECT country FROM hubs))
-- parameter: days = 90 | from arrival to departure
-- parameter: least_share = 0.7 | of what it sent on that it had received before, by quantity
-- parameter: weakest_grade = 'G3' | G1: a serial or lot number in both texts; G2: same model and quantity; G3: same subheading, quantity within 5%; G4: same subheading
-- source: Conflict Armament Research on tracing; RUSI on its limits
-- doc: A chain of such parties is one finding, that of the last. A party in a hub sends on, to another hub or to a destination of concern, what it received within the last
-- doc: three months. Goods of the same code are not the same goods: the grade says on what a link rests.
WITH ins AS (
  SELECT recipient AS party, recipient_name AS party_name, source, row_no, day, brand || ' ' || model AS article, hs6, quantity
  FROM controlled_trades
  WHERE recipient_country IN (SELECT country FROM hubs) AND quantity > 0
),
outs AS (
  SELECT sender AS party, sender_name AS party_name, source, row_no, day, brand || ' ' || model AS article, hs6, quantity
  FROM controlled_trades
  WHERE sender IN (SELECT party FROM ins) AND quantity > 0
    AND (destination IN (SELECT country FROM hubs) OR destination IN (SELECT country FROM destinations_of_concern))
),
numbered AS (
  SELECT DISTINCT a.source AS in_source, a.row_no AS in_row, b.source AS out_source, b.row_no AS out_row
  FROM serials a JOIN serials b ON b.serial = a.serial AND (b.source <> a.source OR b.row_no <> a.row_no)
),
links AS (
  SELECT o.party, o.party_name, o.source AS out_source, o.row_no AS out_row, o.day AS out_day, o.quantity AS out_quantity,
    i.source AS in_source, i.row_no AS in_row, i.day AS in_day, i.quantity AS in_quantity,
    CASE WHEN n.in_row IS NOT NULL AND coalesce(i.article = o.article, TRUE) THEN 'G1'
         WHEN i.article = o.article AND i.quantity = o.quantity THEN 'G2'
         WHEN abs(i.quantity - o.quantity) <= 0.05 * o.quantity THEN 'G3'
         ELSE 'G4' END AS grade
  FROM outs o JOIN ins i ON i.party = o.party AND i.hs6 = o.hs6 AND i.day < o.day AND i.day >= o.day - :days
  LEFT JOIN numbered n ON n.in_source = i.source AND n.in_row = i.row_no AND n.out_source = o.source AND n.out_row = o.row_no
),
kept AS (SELECT * FROM links WHERE grade <= :weakest_grade),
-- What came in counts once, however many consignments it may have gone out with.
received AS (
  SELECT party, sum(in_quantity) AS quantity
  FROM (SELECT DISTINCT party, in_source, in_row, in_quantity FROM kept) k GROUP BY party
),
matched AS (
  SELECT party, sum(out_quantity) AS quantity
  FROM (SELECT DISTINCT party, out_source, out_row, out_quantity FROM kept) k GROUP BY party
),
sent AS (SELECT party, sum(quantity) AS quantity FROM outs GROUP BY party),
candidates AS (
  SELECT s.party, least(m.quantity, r.quantity) / s.quantity AS share, s.quantity
  FROM sent s JOIN matched m ON m.party = s.party JOIN received r ON r.party = s.party
  WHERE least(m.quantity, r.quantity) >= :least_share * s.quantity
),
-- Of a chain of such parties the last one speaks for all: its finding has the rows of those before it. A party leads
-- to another one of them when that one receives most of what it sends on.
onward AS (
  SELECT k.party, o.recipient AS next_party, sum(k.out_quantity) AS quantity
  FROM (SELECT DISTINCT party, out_source, out_row, out_quantity FROM kept) k
  JOIN controlled_trades o ON o.source = k.out_source AND o.row_no = k.out_row
  JOIN candidates c ON c.party = o.recipient
  WHERE o.recipient <> k.party AND k.party IN (SELECT party FROM candidates)
  GROUP BY k.party, o.recipient
),
leads AS (
  SELECT w.party, min(w.next_party) AS next_party
  FROM onward w JOIN matched m ON m.party = w.party WHERE w.quantity > 0.5 * m.quantity GROUP BY w.party
),
last_ones AS (
  SELECT c.party, coalesce(c3.next_party, c2.next_party, c1.next_party, c.party) AS last_party
  FROM candidates c
  LEFT JOIN leads c1 ON c1.party = c.party
  LEFT JOIN leads c2 ON c2.party = c1.next_party AND c2.next_party <> c.party
  LEFT JOIN leads c3 ON c3.party = c2.next_party AND c3.next_party NOT IN (c.party, c1.next_party)
),
found AS (
  SELECT c.*, n.before_it FROM candidates c
  JOIN (SELECT last_party, count(*) - 1 AS before_it FROM last_ones GROUP BY last_party) n ON n.last_party = c.party
),
both_sides AS (
  SELECT l.last_party AS party, k.grade, k.in_source AS source, k.in_row AS row_no, k.in_day AS day
  FROM kept k JOIN last_ones l ON l.party = k.party
  UNION
  SELECT l.last_party AS party, k.grade, k.out_source AS source, k.out_row AS row_no, k.out_day AS day
  FROM kept k JOIN last_ones l ON l.party = k.party
),
weakest AS (SELECT party, max(grade) AS grade FROM both_sides GROUP BY party),
names AS (SELECT party, min(party_name) AS party_name FROM outs GROUP BY party)
SELECT b.party AS subject, n.party_name AS subject_name, b.source, b.row_no, b.day, w.grade,
  CAST(CAST(f.share * 100 AS DECIMAL(18, 0)) AS VARCHAR) || '% of ' || CAST(CAST(f.quantity AS DECIMAL(18, 0)) AS VARCHAR)
    || ' pieces sent on had come in within ' || CAST(:days AS VARCHAR) || ' days'
    || CASE WHEN f.before_it > 0 THEN '; ' || CAST(f.before_it AS VARCHAR) || ' parties before it in the chain' ELSE '' END AS statistic
FROM found f JOIN both_sides b ON b.party = f.party JOIN weakest w ON w.party = f.party JOIN names n ON n.party = f.party
