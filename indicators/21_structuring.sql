-- id: 21
-- key: structuring
-- title: Consignments just below a threshold
-- subject: party
-- needs: value_usd, importer|consignee|buyer|end_user
-- parameter: threshold = 2500.0 | dollars below which a consignment is declared with less; take that of the country
-- parameter: band = 0.1 | of the threshold, on either side of it
-- parameter: least_ratio = 3.0 | consignments just below by consignments just above
-- parameter: least_count = 20 | consignments in both bands
-- parameter: false_discovery_rate = 0.05 | share of the parties found that may be chance (Benjamini and Hochberg)
-- source: FinCEN, November 2023
-- doc: The consignments of one recipient lie just below a threshold of value much more often than just above it. A
-- doc: consignment is a declaration, else a line. Prices of single goods cluster too.
WITH
-- Who has so many consignments in the bands has at least as many lines below their upper end.
regulars AS (
  SELECT recipient FROM trades WHERE recipient IS NOT NULL AND value_usd > 0 AND value_usd < :threshold * (1 + :band)
  GROUP BY recipient HAVING count(*) >= :least_count
),
-- A consignment in the bands has no line above them, so most lines need not be added up.
consignments AS (
  SELECT recipient, source, declaration, CASE WHEN declaration IS NULL THEN row_no END AS lone_row,
    sum(CAST(value_usd AS DECIMAL(18, 2))) AS usd
  FROM trades
  WHERE recipient IN (SELECT recipient FROM regulars) AND value_usd > 0 AND value_usd < :threshold * (1 + :band)
  GROUP BY recipient, source, declaration, CASE WHEN declaration IS NULL THEN row_no END
),
small AS (
  SELECT * FROM consignments WHERE usd >= :threshold * (1 - :band) AND usd < :threshold * (1 + :band)
),
larger AS (
  SELECT DISTINCT t.recipient, t.source, t.declaration
  FROM trades t JOIN small s ON s.recipient = t.recipient AND s.source = t.source AND s.declaration = t.declaration
  WHERE t.value_usd >= :threshold * (1 + :band)
),
bands AS (
  SELECT recipient, source, declaration, lone_row, CASE WHEN usd < :threshold THEN 1 ELSE 0 END AS below FROM small s
  WHERE NOT EXISTS (SELECT 1 FROM larger l WHERE l.recipient = s.recipient AND l.source = s.source AND l.declaration = s.declaration)
),
sums AS (
  SELECT recipient, CAST(sum(below) AS DOUBLE) AS below_n, CAST(count(*) - sum(below) AS DOUBLE) AS above_n, count(*) OVER () AS tests
  FROM bands GROUP BY recipient HAVING count(*) >= :least_count
),
found AS (SELECT * FROM sums WHERE below_n >= :least_ratio * above_n)
SELECT t.recipient AS subject, t.recipient_name AS subject_name, t.source, t.row_no, t.day,
  CAST(CAST(f.below_n AS BIGINT) AS VARCHAR) || ' consignments just below ' || CAST(CAST(:threshold AS DECIMAL(18, 0)) AS VARCHAR)
    || ' dollars, ' || CAST(CAST(f.above_n AS BIGINT) AS VARCHAR) || ' just above' AS statistic,
  (f.below_n - f.above_n) / sqrt(f.below_n + f.above_n) AS z, f.tests
FROM found f
JOIN bands b ON b.recipient = f.recipient AND b.below = 1
-- Equalities only: a join by recipient alone would hold each line of a large recipient against each consignment.
JOIN trades t ON t.recipient = b.recipient AND t.source = b.source AND t.declaration IS NOT DISTINCT FROM b.declaration
  AND CASE WHEN t.declaration IS NULL THEN t.row_no END IS NOT DISTINCT FROM b.lone_row
