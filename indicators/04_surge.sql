-- id: 4
-- key: surge
-- title: Surge of an old customer
-- subject: party
-- needs: hs|description, importer|consignee|buyer|end_user, destination
-- window: 12, 12
-- parameter: days = 365 | on each side of the control date
-- parameter: least_ratio = 3.0 | shipments of controlled goods after it by those before it
-- parameter: least_bound = 1.5 | the lower end of the ratio's 95% interval
-- parameter: least_shipments = 5 | of both sides together
-- parameter: false_discovery_rate = 0.05 | share of the parties found that may be chance (Benjamini and Hochberg)
-- source: FinCEN and BIS joint alert, May 2023; Nikkei on a rise from 230 to 1,774 shipments
-- doc: A party in a destination of concern that received controlled goods before the control date receives at least
-- doc: three times as many shipments in the year after it. The interval is that of a ratio of two Poisson counts,
-- doc: widened where the months of a party differ more than such counts do. A trade may simply grow.
WITH shipments AS (
  SELECT DISTINCT recipient, coalesce(declaration, source || ':' || CAST(row_no AS VARCHAR)) AS shipment, day
  FROM controlled_trades
  WHERE recipient IS NOT NULL AND day IS NOT NULL AND destination IN (SELECT country FROM destinations_of_concern)
),
sided AS (
  SELECT s.recipient, c.day AS t0, CASE WHEN s.day < c.day THEN 0 ELSE 1 END AS later, year(s.day) * 12 + month(s.day) AS in_month
  FROM shipments s JOIN control_dates c ON s.day >= c.day - :days AND s.day < c.day + :days
),
months AS (SELECT recipient, t0, later, in_month, CAST(count(*) AS DOUBLE) AS n FROM sided GROUP BY recipient, t0, later, in_month),
sides AS (
  SELECT recipient, t0, later, sum(n) AS n, (sum(n * n) - sum(n) * sum(n) / 12) / (sum(n) / 12) AS chi
  FROM months GROUP BY recipient, t0, later
),
pairs AS (
  SELECT b.recipient, b.t0, b.n AS before_n, a.n AS after_n,
    greatest(1.0, (b.chi + a.chi) / 22) AS dispersion
  FROM sides b JOIN sides a ON a.recipient = b.recipient AND a.t0 = b.t0 AND b.later = 0 AND a.later = 1
  WHERE a.n + b.n >= :least_shipments
),
judged AS (
  SELECT p.*, ln(after_n / before_n) AS log_ratio, sqrt(dispersion * (1 / after_n + 1 / before_n)) AS error,
    count(*) OVER () AS tests, count(*) OVER (PARTITION BY recipient) AS looks
  FROM pairs p
),
surges AS (
  SELECT j.*, row_number() OVER (PARTITION BY recipient ORDER BY log_ratio / error DESC, t0) AS place
  FROM judged j
  WHERE after_n >= :least_ratio * before_n AND exp(log_ratio - 1.96 * error) >= :least_bound
)
SELECT t.recipient AS subject, t.recipient_name AS subject_name, t.source, t.row_no, t.day,
  CAST(CAST(s.before_n AS BIGINT) AS VARCHAR) || ' shipments of controlled goods in the year before ' || CAST(s.t0 AS VARCHAR) || ', '
    || CAST(CAST(s.after_n AS BIGINT) AS VARCHAR) || ' in the year after: '
    || CAST(CAST(exp(s.log_ratio) AS DECIMAL(18, 1)) AS VARCHAR) || ' times (95% interval '
    || CAST(CAST(exp(s.log_ratio - 1.96 * s.error) AS DECIMAL(18, 1)) AS VARCHAR) || ' to '
    || CAST(CAST(exp(s.log_ratio + 1.96 * s.error) AS DECIMAL(18, 1)) AS VARCHAR) || ')' AS statistic,
  s.log_ratio / s.error AS z, s.looks, s.tests
FROM surges s
JOIN controlled_trades t ON t.recipient = s.recipient AND t.day >= s.t0 - :days AND t.day < s.t0 + :days
WHERE s.place = 1
