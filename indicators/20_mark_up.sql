-- id: 20
-- key: mark-up
-- title: Mark-up over the price elsewhere
-- subject: party
-- needs: quantity, value_usd, hs, destination, exporter|supplier|shipper|seller
-- not_computable_if: SELECT 'no party sends controlled goods to a destination of concern and elsewhere' AS reason
-- not_computable_if: WHERE NOT EXISTS (
-- not_computable_if:   SELECT sender FROM controlled_trades WHERE sender IS NOT NULL AND destination IS NOT NULL GROUP BY sender
-- not_computable_if:   HAVING count(DISTINCT CASE WHEN destination IN (SELECT country FROM destinations_of_concern) THEN 1 ELSE 0 END) = 2)
-- parameter: least_ratio = 1.5 | median price to destinations of concern by that to others
-- parameter: least_lines = 3 | on each side, of the same goods in the same quarter
-- source: Kyiv School of Economics and Bruegel on mark-ups of sanctioned goods
-- doc: A sender charges more for the same goods in the same quarter when they go to a destination of concern. Goods
-- doc: are the recognised model where there is one, else the subheading, where dearer models look like a mark-up.
WITH priced AS (
  SELECT sender, sender_name, source, row_no, day, coalesce(brand || ' ' || model, hs6) AS goods, coalesce(unit, '') AS unit,
    year(day) * 4 + quarter(day) AS in_quarter, value_usd / quantity AS price,
    CASE WHEN destination IN (SELECT country FROM destinations_of_concern) THEN 1 ELSE 0 END AS concern
  FROM controlled_trades
  WHERE sender IS NOT NULL AND day IS NOT NULL AND quantity > 0 AND value_usd > 0 AND destination IS NOT NULL
    AND coalesce(model, hs6) IS NOT NULL
),
sides AS (
  SELECT sender, goods, unit, in_quarter,
    median(CASE WHEN concern = 1 THEN price END) AS here, median(CASE WHEN concern = 0 THEN price END) AS elsewhere,
    count(CASE WHEN concern = 1 THEN 1 END) AS here_n, count(CASE WHEN concern = 0 THEN 1 END) AS elsewhere_n
  FROM priced GROUP BY sender, goods, unit, in_quarter
),
found AS (
  SELECT s.*, max(here / elsewhere) OVER (PARTITION BY sender) AS most FROM sides s
  WHERE here_n >= :least_lines AND elsewhere_n >= :least_lines AND here >= :least_ratio * elsewhere
)
SELECT p.sender AS subject, p.sender_name AS subject_name, p.source, p.row_no, p.day,
  'up to ' || CAST(CAST(f.most AS DECIMAL(18, 2)) AS VARCHAR) || ' times the median price of the same goods elsewhere in that quarter' AS statistic
FROM found f JOIN priced p ON p.sender = f.sender AND p.goods = f.goods AND p.unit = f.unit AND p.in_quarter = f.in_quarter
