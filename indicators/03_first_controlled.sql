-- id: 3
-- key: first-controlled
-- title: First controlled goods of an old customer
-- subject: party
-- needs: hs|description, importer|consignee|buyer|end_user, destination
-- window: 12, 0
-- parameter: days = 365 | on each side of the control date
-- parameter: least_before = 3 | lines before the control date
-- parameter: least_after = 1 | lines of controlled goods after it
-- parameter: least_usd = 50000.0 | dollars of controlled goods after it, where the data states values
-- source: FinCEN and BIS joint alert, May 2023
-- doc: A party in a destination of concern that received other goods for a year before the control date, none of
-- doc: them controlled, and controlled ones after it. Firms enlarge their assortment.
WITH sided AS (
  SELECT t.recipient, t.controlled, t.value_usd, c.day AS t0, CASE WHEN t.day < c.day THEN 0 ELSE 1 END AS later
  FROM trades t JOIN control_dates c ON t.day >= c.day - :days AND t.day < c.day + :days
  WHERE t.recipient IN (SELECT recipient FROM controlled_recipients) AND t.destination IN (SELECT country FROM destinations_of_concern)
),
counts AS (
  SELECT recipient, t0,
    count(CASE WHEN later = 0 THEN 1 END) AS before_lines,
    count(CASE WHEN later = 0 AND controlled THEN 1 END) AS before_controlled,
    count(CASE WHEN later = 1 AND controlled THEN 1 END) AS after_controlled,
    sum(CASE WHEN later = 1 AND controlled THEN CAST(value_usd AS DECIMAL(18, 2)) END) AS after_usd
  FROM sided GROUP BY recipient, t0
),
-- Of a party that fires for several control dates the first says it.
found AS (
  SELECT recipient, min(t0) AS t0 FROM counts
  WHERE before_lines >= :least_before AND before_controlled = 0 AND after_controlled >= :least_after
    AND (after_usd IS NULL OR after_usd >= :least_usd)
    -- An older customer of controlled goods, who only paused for a year, is no new one.
    AND NOT EXISTS (SELECT 1 FROM controlled_trades o WHERE o.recipient = counts.recipient AND o.day < counts.t0)
  GROUP BY recipient
)
SELECT s.recipient AS subject, s.recipient_name AS subject_name, s.source, s.row_no, s.day,
  CAST(c.before_lines AS VARCHAR) || ' lines in the year before ' || CAST(f.t0 AS VARCHAR) || ', none of controlled goods; '
    || CAST(c.after_controlled AS VARCHAR) || ' of controlled goods in the year after' AS statistic
FROM found f
JOIN counts c ON c.recipient = f.recipient AND c.t0 = f.t0
JOIN controlled_trades s ON s.recipient = f.recipient AND s.day >= f.t0 AND s.day < f.t0 + :days
WHERE s.destination IN (SELECT country FROM destinations_of_concern)
