-- id: 5
-- key: business-mismatch
-- title: Controlled goods outside a party's line of business
-- subject: party
-- needs: hs, value_usd, importer|consignee|buyer|end_user, destination
-- parameter: least_lines = 10 | lines of other goods
-- parameter: share = 0.9 | of a party's other value that its own chapters hold
-- parameter: least_usd = 50000.0 | dollars of controlled goods outside them
-- source: BIS, thirteen red flags, nos. 3 and 6
-- doc: A party in a destination of concern whose other trade lies in chapters of the harmonized system that the
-- doc: controlled goods do not belong to. The codes are the declared ones. Firms buy machines for their own use.
WITH others AS (
  SELECT recipient, hs2, sum(CAST(value_usd AS DECIMAL(18, 2))) AS usd, count(*) AS line_count
  FROM trades
  WHERE recipient IN (SELECT recipient FROM controlled_recipients) AND hs2 IS NOT NULL AND value_usd IS NOT NULL
    AND NOT controlled AND destination IN (SELECT country FROM destinations_of_concern)
  GROUP BY recipient, hs2
),
received AS (
  SELECT recipient, recipient_name, source, row_no, day, hs2, CAST(value_usd AS DECIMAL(18, 2)) AS usd
  FROM controlled_trades
  WHERE hs2 IS NOT NULL AND value_usd IS NOT NULL AND destination IN (SELECT country FROM destinations_of_concern)
),
ranked AS (
  SELECT recipient, hs2, usd,
    sum(usd) OVER (PARTITION BY recipient) AS all_usd,
    sum(line_count) OVER (PARTITION BY recipient) AS all_lines,
    sum(usd) OVER (PARTITION BY recipient ORDER BY usd DESC, hs2 ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS usd_so_far
  FROM others
),
own_chapters AS (SELECT recipient, hs2 FROM ranked WHERE usd_so_far - usd < all_usd * :share),
known AS (SELECT DISTINCT recipient, all_lines FROM ranked WHERE all_lines >= :least_lines),
outside AS (
  SELECT r.*, k.all_lines, sum(r.usd) OVER (PARTITION BY r.recipient) AS outside_usd,
    count(*) OVER (PARTITION BY r.recipient) AS outside_lines
  FROM received r JOIN known k ON k.recipient = r.recipient
  WHERE NOT EXISTS (SELECT 1 FROM own_chapters o WHERE o.recipient = r.recipient AND o.hs2 = r.hs2)
)
SELECT recipient AS subject, recipient_name AS subject_name, source, row_no, day,
  CAST(outside_lines AS VARCHAR) || ' lines of controlled goods for ' || CAST(CAST(outside_usd AS DECIMAL(18, 0)) AS VARCHAR)
    || ' dollars, none in the chapters of its ' || CAST(all_lines AS VARCHAR) || ' other lines' AS statistic
FROM outside
WHERE outside_usd >= :least_usd
