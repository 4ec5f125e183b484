-- id: 1
-- key: new-importer
-- title: New importer after a control date
-- subject: party
-- needs: value_usd, destination, importer|consignee|buyer|end_user
-- window: 12, 0
-- parameter: least_usd = 50000.0 | dollars of controlled goods within the days below
-- parameter: days = 365 | days after the control date that count
-- parameter: least_odds = 1.5 | odds of being new among recipients of controlled goods by those among recipients of other goods
-- parameter: least_others = 100 | recipients of other goods in a country without whom the two are not compared
-- source: FinCEN and BIS joint alert, May 2023
-- doc: A party in a destination of concern that no line before the control date names, and that then receives
-- doc: controlled goods. The control date is the last one before its first line. New firms are common: most of
-- doc: them are only new. Where who receives controlled goods is no newer than who receives other goods in the same
-- doc: country, to be new is no sign of anything, and the newcomers of that country are one finding.
WITH all_firsts AS (
  SELECT t.destination, t.recipient, min(t.day) AS first_day, max(CASE WHEN t.controlled THEN 1 ELSE 0 END) AS dealer
  FROM trades t
  WHERE t.recipient IS NOT NULL AND t.destination IN (SELECT country FROM destinations_of_concern)
  GROUP BY t.destination, t.recipient
),
first_lines AS (
  SELECT recipient, min(first_day) AS first_day, min(destination) AS goal FROM all_firsts
  WHERE recipient IN (SELECT recipient FROM controlled_recipients)
  GROUP BY recipient
),
shares AS (
  SELECT destination,
    avg(CASE WHEN dealer = 1 THEN CASE WHEN first_day >= c.day THEN 1.0 ELSE 0.0 END END) AS dealers_new,
    avg(CASE WHEN dealer = 0 THEN CASE WHEN first_day >= c.day THEN 1.0 ELSE 0.0 END END) AS others_new,
    count(CASE WHEN dealer = 1 THEN 1 END) AS dealers, count(CASE WHEN dealer = 0 THEN 1 END) AS others
  FROM all_firsts CROSS JOIN (SELECT min(day) AS day FROM control_dates) c
  GROUP BY destination
),
-- Where newcomers are as many among the recipients of other goods.
usual AS (
  SELECT * FROM shares
  WHERE others >= :least_others AND dealers_new * (1 - others_new) < :least_odds * others_new * (1 - dealers_new)
),
newcomers AS (
  SELECT f.recipient, f.first_day, f.goal, max(c.day) AS t0
  FROM first_lines f JOIN control_dates c ON c.day <= f.first_day
  GROUP BY f.recipient, f.first_day, f.goal
),
bought AS (
  SELECT n.first_day, n.t0, n.goal, t.*,
    sum(CAST(t.value_usd AS DECIMAL(18, 2))) OVER (PARTITION BY t.recipient) AS usd,
    count(*) OVER (PARTITION BY t.recipient) AS line_count
  FROM newcomers n JOIN controlled_trades t ON t.recipient = n.recipient
  WHERE t.day >= n.t0 AND t.day < n.t0 + :days
),
found AS (SELECT * FROM bought WHERE usd >= :least_usd),
pooled AS (
  SELECT f.*, u.dealers_new, u.others_new,
    'newcomers in ' || f.goal AS pool, count(*) OVER (PARTITION BY f.goal) AS pool_lines
  FROM found f JOIN usual u ON u.destination = f.goal
)
SELECT recipient AS subject, recipient_name AS subject_name, source, row_no, day,
  'first seen ' || CAST(first_day AS VARCHAR) || ', after the control of ' || CAST(t0 AS VARCHAR) || '; '
    || CAST(line_count AS VARCHAR) || ' lines of controlled goods for ' || CAST(CAST(usd AS DECIMAL(18, 0)) AS VARCHAR)
    || ' dollars' AS statistic, 'party' AS subject_kind
FROM found
WHERE goal NOT IN (SELECT destination FROM usual)
UNION ALL
SELECT pool AS subject, pool AS subject_name, source, row_no, day,
  CAST(pool_lines AS VARCHAR) || ' lines of controlled goods for recipients first seen after a control; '
    || CAST(CAST(dealers_new * 100 AS DECIMAL(18, 0)) AS VARCHAR) || '% of those who receive controlled goods there are new, and '
    || CAST(CAST(others_new * 100 AS DECIMAL(18, 0)) AS VARCHAR) || '% of those who receive others: to be new says nothing here' AS statistic,
  'group' AS subject_kind
FROM pooled
