-- id: 25
-- key: country-surge
-- title: Surge of a hub in controlled goods
-- subject: group
-- not_computable_if: SELECT 'no flows of countries are loaded: give them with --table flows=FILE' AS reason WHERE NOT EXISTS (SELECT 1 FROM flows)
-- parameter: t0 = DATE '2022-02-24' | the control date
-- parameter: least_effect = 0.693147 | logarithm of 2: twice as much growth as other goods and countries explain
-- parameter: most_p = 0.05 | share of control countries, with the hub among them, that grew as much
-- source: Kyiv School of Economics; growth of EU exports to Kazakhstan, Kyrgyzstan, Armenia and Uzbekistan
-- doc: Difference in differences: the growth of controlled goods sent to a hub, less that of its other goods, less
-- doc: the same of countries that are no hubs. Whether chance does that is read off the control countries: the hub
-- doc: is put in the place of each. There are few hubs and no correction for their number.
WITH periods AS (
  SELECT partner, CAST(value_usd AS DECIMAL(18, 2)) AS usd,
    CASE WHEN EXISTS (SELECT 1 FROM controlled_hs c WHERE f.hs6 LIKE c.hs || '%') THEN 1 ELSE 0 END AS listed,
    CASE WHEN length(period) = 4 THEN CAST(period AS INTEGER) - year(:t0)
         WHEN CAST(substr(period, 1, 4) AS INTEGER) * 12 + CAST(substr(period, 6, 2) AS INTEGER) >= year(:t0) * 12 + month(:t0) THEN 1
         ELSE -1 END AS side,
    CASE WHEN length(period) = 4 THEN 0
         ELSE CAST(substr(period, 1, 4) AS INTEGER) * 12 + CAST(substr(period, 6, 2) AS INTEGER) - year(:t0) * 12 - month(:t0) END AS months
  FROM flows f WHERE flow = 'export'
),
sums AS (
  SELECT partner, listed, CAST(sum(CASE WHEN side = -1 THEN usd ELSE 0 END) AS DOUBLE) AS before_usd,
    CAST(sum(CASE WHEN side = 1 THEN usd ELSE 0 END) AS DOUBLE) AS after_usd
  FROM periods WHERE side IN (-1, 1) AND months >= -12 AND months < 12
  GROUP BY partner, listed
),
growth AS (
  SELECT a.partner, ln(a.after_usd / a.before_usd) - ln(b.after_usd / b.before_usd) AS excess, a.before_usd, a.after_usd
  FROM sums a JOIN sums b ON b.partner = a.partner AND a.listed = 1 AND b.listed = 0
  WHERE a.before_usd > 0 AND a.after_usd > 0 AND b.before_usd > 0 AND b.after_usd > 0
),
controls AS (
  SELECT * FROM growth WHERE partner NOT IN (SELECT country FROM hubs) AND partner NOT IN (SELECT country FROM destinations_of_concern)
),
usual AS (SELECT avg(excess) AS excess, count(*) AS n FROM controls),
judged AS (
  SELECT g.partner, g.before_usd, g.after_usd, g.excess - u.excess AS effect, u.n,
    (1 + CAST((SELECT count(*) FROM controls c WHERE c.excess >= g.excess) AS DOUBLE)) / (1 + u.n) AS p
  FROM growth g CROSS JOIN usual u
  WHERE g.partner IN (SELECT country FROM hubs) AND u.n > 0
)
SELECT partner AS subject, partner AS subject_name, CAST(NULL AS VARCHAR) AS source, CAST(NULL AS BIGINT) AS row_no, :t0 AS day,
  'controlled goods grew from ' || CAST(CAST(before_usd AS DECIMAL(18, 0)) AS VARCHAR) || ' to '
    || CAST(CAST(after_usd AS DECIMAL(18, 0)) AS VARCHAR) || ' dollars, ' || CAST(CAST(exp(effect) AS DECIMAL(18, 1)) AS VARCHAR)
    || ' times more than other goods and ' || CAST(n AS VARCHAR) || ' control countries explain (p '
    || CAST(CAST(p AS DECIMAL(18, 3)) AS VARCHAR) || ')' AS statistic
FROM judged
WHERE effect >= :least_effect AND p < :most_p
