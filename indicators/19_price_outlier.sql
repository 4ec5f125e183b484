-- id: 19
-- key: price-outlier
-- title: Unit price far from its peers
-- subject: party
-- needs: quantity, value_usd, hs, importer|consignee|buyer|end_user
-- parameter: least_z = 3.5 | modified z score of the logarithm of the price by piece
-- parameter: least_cell = 20 | lines of the same goods, unit, quarter and origin
-- parameter: skewed = 0.2 | from which medcouple on, either way, the fences of the adjusted boxplot decide
-- parameter: false_discovery_rate = 0.05 | share of the parties found that may be chance (Benjamini and Hochberg)
-- source: FinCEN (buyers who overpay); Joint Research Centre of the EU, JRC138858 (skew-adjusted price outliers)
-- doc: Dollars a piece of controlled goods, far above or far below lines of the same goods, unit, quarter and origin.
-- doc: The goods are the recognised model where there is one, else the subheading. Over and under are counted apart.
-- doc: A typing error in the quantity looks the same.
WITH priced AS (
  SELECT recipient, recipient_name, source, row_no, day,
    coalesce(brand || ' ' || model, hs6) AS goods, coalesce(unit, '') AS unit, year(day) * 4 + quarter(day) AS in_quarter,
    coalesce(origin, '') AS origin, ln(value_usd / quantity) AS y
  FROM controlled_trades
  WHERE recipient IS NOT NULL AND day IS NOT NULL AND quantity > 0 AND value_usd > 0 AND coalesce(model, hs6) IS NOT NULL
),
counted AS (
  SELECT p.*, count(*) OVER (PARTITION BY goods, unit, in_quarter, origin) AS n FROM priced p
),
celled AS (
  SELECT * FROM counted WHERE n >= :least_cell
),
medians AS (
  SELECT goods, unit, in_quarter, origin, median(y) AS middle,
    percentile_cont(0.25) WITHIN GROUP (ORDER BY y) AS low, percentile_cont(0.75) WITHIN GROUP (ORDER BY y) AS high
  FROM celled GROUP BY goods, unit, in_quarter, origin
),
spread AS (
  SELECT c.goods, c.unit, c.in_quarter, c.origin, median(abs(c.y - m.middle)) AS mad
  FROM celled c JOIN medians m ON m.goods = c.goods AND m.unit = c.unit AND m.in_quarter = c.in_quarter AND m.origin = c.origin
  GROUP BY c.goods, c.unit, c.in_quarter, c.origin
),
-- The medcouple is the median over pairs of one value below and one above the median; 32 equal slices of each cell
-- stand for its values, so that a large cell costs no more than a small one.
sliced AS (
  SELECT goods, unit, in_quarter, origin, y, ntile(32) OVER (PARTITION BY goods, unit, in_quarter, origin ORDER BY y, source, row_no) AS slice
  FROM celled
),
slices AS (
  SELECT goods, unit, in_quarter, origin, slice, median(y) AS y FROM sliced GROUP BY goods, unit, in_quarter, origin, slice
),
skew AS (
  SELECT m.goods, m.unit, m.in_quarter, m.origin, median(((a.y - m.middle) - (m.middle - b.y)) / (a.y - b.y)) AS medcouple
  FROM medians m
  JOIN slices a ON a.goods = m.goods AND a.unit = m.unit AND a.in_quarter = m.in_quarter AND a.origin = m.origin AND a.y >= m.middle
  JOIN slices b ON b.goods = m.goods AND b.unit = m.unit AND b.in_quarter = m.in_quarter AND b.origin = m.origin AND b.y <= m.middle AND b.y < a.y
  GROUP BY m.goods, m.unit, m.in_quarter, m.origin
),
scored AS (
  SELECT c.*, 0.6745 * (c.y - m.middle) / s.mad AS z, coalesce(k.medcouple, 0) AS medcouple,
    m.low - 1.5 * exp(CASE WHEN coalesce(k.medcouple, 0) >= 0 THEN -4 ELSE -3 END * coalesce(k.medcouple, 0)) * (m.high - m.low) AS low_fence,
    m.high + 1.5 * exp(CASE WHEN coalesce(k.medcouple, 0) >= 0 THEN 3 ELSE 4 END * coalesce(k.medcouple, 0)) * (m.high - m.low) AS high_fence
  FROM celled c
  JOIN medians m ON m.goods = c.goods AND m.unit = c.unit AND m.in_quarter = c.in_quarter AND m.origin = c.origin
  JOIN spread s ON s.goods = c.goods AND s.unit = c.unit AND s.in_quarter = c.in_quarter AND s.origin = c.origin AND s.mad > 0
  LEFT JOIN skew k ON k.goods = c.goods AND k.unit = c.unit AND k.in_quarter = c.in_quarter AND k.origin = c.origin
),
tested AS (
  SELECT recipient, count(*) AS looks, max(abs(z)) AS z FROM scored GROUP BY recipient
),
tests AS (SELECT count(*) AS tests FROM tested),
outliers AS (
  SELECT * FROM scored
  WHERE abs(z) >= :least_z AND (abs(medcouple) < :skewed OR y < low_fence OR y > high_fence)
),
sums AS (
  SELECT recipient, count(CASE WHEN z > 0 THEN 1 END) AS over_n, count(CASE WHEN z < 0 THEN 1 END) AS under_n, max(abs(z)) AS z
  FROM outliers GROUP BY recipient
)
SELECT o.recipient AS subject, o.recipient_name AS subject_name, o.source, o.row_no, o.day,
  CAST(s.over_n AS VARCHAR) || ' lines far above the price of their peers, ' || CAST(s.under_n AS VARCHAR)
    || ' far below it; largest modified z ' || CAST(CAST(s.z AS DECIMAL(18, 1)) AS VARCHAR) AS statistic,
  -- Two sides were looked at in each of the party's lines.
  s.z AS z, t.looks * 2 AS looks, n.tests
FROM outliers o
JOIN sums s ON s.recipient = o.recipient
JOIN tested t ON t.recipient = o.recipient
CROSS JOIN tests n
