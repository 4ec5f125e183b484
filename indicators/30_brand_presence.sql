-- id: 30
-- key: brand-presence
-- title: A brand in a country that its owner says it left
-- subject: product
-- needs: destination, description|brand, exporter|supplier|shipper|seller
-- source: a maker's statement of April 2022 that it suspends its business in two countries
-- doc: Goods of a brand arrive in a country after the day on which the brand's owner said that it ended its business
-- doc: there, sent by parties whose name does not hold the brand's. This does not show that the brand sold them:
-- doc: dealers anywhere can.
WITH arrived AS (
  SELECT t.brand, t.destination, e.since, t.sender, t.source, t.row_no, t.day, t.value_usd
  FROM controlled_trades t
  JOIN brand_exits e ON lower(e.brand) = lower(t.brand) AND e.country = t.destination AND t.day >= CAST(e.since AS DATE)
  WHERE t.sender IS NOT NULL
    AND ' ' || translate(lower(t.sender_name), '.,"()-', '      ') || ' ' NOT LIKE '% ' || lower(e.brand) || ' %'
    AND NOT EXISTS (SELECT 1 FROM brand_makers m WHERE m.entity = t.sender AND m.brand = lower(e.brand))
),
sums AS (
  SELECT brand, destination, count(DISTINCT sender) AS senders, count(*) AS line_count, sum(CAST(value_usd AS DECIMAL(18, 2))) AS usd
  FROM arrived GROUP BY brand, destination
)
SELECT a.brand || ' in ' || a.destination AS subject, a.brand || ' in ' || a.destination AS subject_name, a.source, a.row_no, a.day,
  CAST(s.line_count AS VARCHAR) || ' lines' || coalesce(' for ' || CAST(CAST(s.usd AS DECIMAL(18, 0)) AS VARCHAR) || ' dollars', '')
    || ' since ' || CAST(a.since AS VARCHAR) || ' from ' || CAST(s.senders AS VARCHAR)
    || ' senders of other names; this does not show that the brand sold them' AS statistic
FROM arrived a JOIN sums s ON s.brand = a.brand AND s.destination = a.destination
