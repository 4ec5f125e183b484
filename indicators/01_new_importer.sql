-- id: 1
-- key: new-importer
-- title: New importer after a control date
-- subject: party
-- needs: value_usd, destination, importer|consignee|buyer|end_user
-- window: 12, 0
-- parameter: least_usd = 50000.0 | dollars of controlled goods within the days below
-- parameter: days = 365 | days after the control date that count
-- source: FinCEN and BIS joint alert, May 2023
-- doc: A party in a destination of concern that no line before the control date names, and that then receives
-- doc: controlled goods. The control date is the last one before its first line. New firms are common: most of
-- doc: them are only new.
WITH first_lines AS (
  SELECT t.recipient, min(t.day) AS first_day
  FROM trades t
  WHERE t.recipient IN (SELECT recipient FROM controlled_recipients) AND t.destination IN (SELECT country FROM destinations_of_concern)
  GROUP BY t.recipient
),
newcomers AS (
  SELECT f.recipient, f.first_day, max(c.day) AS t0
  FROM first_lines f JOIN control_dates c ON c.day <= f.first_day
  GROUP BY f.recipient, f.first_day
),
bought AS (
  SELECT n.first_day, n.t0, t.*,
    sum(CAST(t.value_usd AS DECIMAL(18, 2))) OVER (PARTITION BY t.recipient) AS usd,
    count(*) OVER (PARTITION BY t.recipient) AS line_count
  FROM newcomers n JOIN controlled_trades t ON t.recipient = n.recipient
  WHERE t.day < n.t0 + :days
)
SELECT recipient AS subject, recipient_name AS subject_name, source, row_no, day,
  'first seen ' || CAST(first_day AS VARCHAR) || ', after the control of ' || CAST(t0 AS VARCHAR) || '; '
    || CAST(line_count AS VARCHAR) || ' lines of controlled goods for ' || CAST(CAST(usd AS DECIMAL(18, 0)) AS VARCHAR)
    || ' dollars' AS statistic
FROM bought
WHERE usd >= :least_usd
