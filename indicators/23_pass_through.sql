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
-- parameter: weakest_grade = 'G3' | G2: same model and quantity; G3: same subheading, quantity within 5%; G4: same subheading
-- source: Conflict Armament Research on tracing; RUSI on its limits
-- doc: A party in a hub sends on, to another hub or to a destination of concern, what it received within the last
-- doc: three months. Goods of the same code are not the same goods: the grade says on what a link rests. No serial
-- doc: numbers are in the data, so that no link is G1.
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
links AS (
  SELECT o.party, o.party_name, o.source AS out_source, o.row_no AS out_row, o.day AS out_day, o.quantity AS out_quantity,
    i.source AS in_source, i.row_no AS in_row, i.day AS in_day, i.quantity AS in_quantity,
    CASE WHEN i.article = o.article AND i.quantity = o.quantity THEN 'G2'
         WHEN abs(i.quantity - o.quantity) <= 0.05 * o.quantity THEN 'G3'
         ELSE 'G4' END AS grade
  FROM outs o JOIN ins i ON i.party = o.party AND i.hs6 = o.hs6 AND i.day < o.day AND i.day >= o.day - :days
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
found AS (
  SELECT s.party, least(m.quantity, r.quantity) / s.quantity AS share, s.quantity
  FROM sent s JOIN matched m ON m.party = s.party JOIN received r ON r.party = s.party
  WHERE least(m.quantity, r.quantity) >= :least_share * s.quantity
),
weakest AS (SELECT party, max(grade) AS grade FROM kept GROUP BY party),
both_sides AS (
  SELECT party, party_name, in_source AS source, in_row AS row_no, in_day AS day FROM kept
  UNION
  SELECT party, party_name, out_source AS source, out_row AS row_no, out_day AS day FROM kept
)
SELECT b.party AS subject, b.party_name AS subject_name, b.source, b.row_no, b.day, w.grade,
  CAST(CAST(f.share * 100 AS DECIMAL(18, 0)) AS VARCHAR) || '% of ' || CAST(CAST(f.quantity AS DECIMAL(18, 0)) AS VARCHAR)
    || ' pieces sent on had come in within ' || CAST(:days AS VARCHAR) || ' days' AS statistic
FROM found f JOIN both_sides b ON b.party = f.party JOIN weakest w ON w.party = f.party
