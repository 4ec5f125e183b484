-- id: 16
-- key: code-drift
-- title: Code drift after a control date
-- subject: party
-- needs: hs, description, importer|consignee|buyer|end_user
-- window: 12, 6
-- parameter: least_lines = 10 | of the same goods on each side of the control date
-- parameter: drop = 0.5 | by how much the share under a controlled code falls
-- parameter: days = 365 | on each side of the control date
-- source: RUSI on altered codes
-- doc: The same goods of one party (the same recognised model or part, or the same words) under a controlled code
-- doc: before the control date and under another one after it.
WITH coded AS (
  SELECT DISTINCT recipient FROM controlled_trades WHERE recipient IS NOT NULL AND hs IN (SELECT hs FROM controlled_codes)
),
tagged AS (
  SELECT t.recipient, t.recipient_name, t.source, t.row_no, t.day, t.hs4,
    coalesce(t.brand || ' ' || t.model, t.component_class, translate(lower(t.description), '0123456789', '')) AS goods,
    CASE WHEN EXISTS (SELECT 1 FROM controlled_codes c WHERE c.hs = t.hs) THEN 1 ELSE 0 END AS listed
  FROM trades t WHERE t.recipient IN (SELECT recipient FROM coded)
),
-- Only goods that ever were declared under a controlled code by that party.
candidates AS (SELECT recipient, goods FROM tagged GROUP BY recipient, goods HAVING max(listed) = 1 AND min(listed) = 0),
sided AS (
  SELECT g.*, c.day AS t0, CASE WHEN g.day < c.day THEN 0 ELSE 1 END AS later
  FROM tagged g
  JOIN candidates k ON k.recipient = g.recipient AND k.goods = g.goods
  JOIN control_dates c ON g.day >= c.day - :days AND g.day < c.day + :days
),
shares AS (
  SELECT recipient, goods, t0,
    count(CASE WHEN later = 0 THEN 1 END) AS lines_before, count(CASE WHEN later = 1 THEN 1 END) AS lines_after,
    avg(CASE WHEN later = 0 THEN CAST(listed AS DOUBLE) END) AS share_before,
    avg(CASE WHEN later = 1 THEN CAST(listed AS DOUBLE) END) AS share_after
  FROM sided GROUP BY recipient, goods, t0
),
drifts AS (
  SELECT * FROM shares
  WHERE lines_before >= :least_lines AND lines_after >= :least_lines AND share_before - share_after >= :drop
)
SELECT s.recipient AS subject, s.recipient_name AS subject_name, s.source, s.row_no, s.day,
  s.goods || ': ' || CAST(CAST(d.share_before * 100 AS DECIMAL(18, 0)) AS VARCHAR) || '% of lines under a controlled code before '
    || CAST(d.t0 AS VARCHAR) || ', ' || CAST(CAST(d.share_after * 100 AS DECIMAL(18, 0)) AS VARCHAR) || '% after' AS statistic
FROM drifts d JOIN sided s ON s.recipient = d.recipient AND s.goods = d.goods AND s.t0 = d.t0
