-- id: 6
-- key: burner-trader
-- title: Burner trader
-- subject: party
-- needs: value_usd, importer|consignee|buyer|end_user|exporter|supplier|shipper|seller
-- parameter: most_days = 180 | from a party's first line to its last
-- parameter: least_share = 0.8 | of its value that is controlled goods
-- parameter: least_usd = 100000.0 | dollars of controlled goods
-- parameter: quiet_days = 90 | days of data after its last line, so that its end is no accident
-- parameter: least_lines = 3 | of controlled goods: one or two consignments are no activity that ceased
-- parameter: most_p = 0.05 | chance that days spread evenly fall so close together
-- parameter: false_discovery_rate = 0.05 | share of the parties found that may be chance (Benjamini and Hochberg, for counts)
-- source: pattern of published investigations (C4ADS, New York Times)
-- doc: A party that exists in the data for less than half a year, deals in controlled goods for much money and is
-- doc: not seen again. Of parties with few days of trade some trade within half a year by chance: how likely that is for
-- doc: so many days, spread evenly, is the p value, and what chance explains is left out.
WITH sides AS (
  SELECT sender AS party, sender_name AS party_name, recipient AS partner, CAST(value_usd AS DECIMAL(18, 2)) AS usd, source, row_no, day
  FROM controlled_trades WHERE sender IS NOT NULL
  UNION ALL
  SELECT recipient AS party, recipient_name AS party_name, sender AS partner, CAST(value_usd AS DECIMAL(18, 2)) AS usd, source, row_no, day
  FROM controlled_trades WHERE recipient IS NOT NULL AND recipient IS DISTINCT FROM sender
),
dealers AS (SELECT party, sum(usd) AS controlled_usd FROM sides GROUP BY party HAVING sum(usd) >= :least_usd AND count(*) >= :least_lines),
-- All that a dealer sends and receives, of whatever goods; a line that it sends to itself counts once.
lives AS (
  SELECT party, min(day) AS first_day, max(day) AS last_day, count(DISTINCT day) AS days, sum(usd) AS usd
  FROM (
    SELECT sender AS party, day, sum(CAST(value_usd AS DECIMAL(18, 2))) AS usd
    FROM trades WHERE sender IN (SELECT party FROM dealers) GROUP BY sender, day
    UNION ALL
    SELECT recipient AS party, day, sum(CAST(value_usd AS DECIMAL(18, 2))) AS usd
    FROM trades WHERE recipient IN (SELECT party FROM dealers) AND recipient IS DISTINCT FROM sender GROUP BY recipient, day
  ) s
  GROUP BY party
),
-- Whoever might be one, had its days fallen so; the share of the days in which they may fall is that of the window.
tested AS (
  SELECT l.*, d.controlled_usd,
    least(1.0, CAST(:most_days AS DOUBLE) / greatest(1, (year(w.last_day) - year(w.first_day)) * 365.25 + dayofyear(w.last_day) - dayofyear(w.first_day) - :quiet_days)) AS part
  FROM lives l JOIN dealers d ON d.party = l.party CROSS JOIN data_window w
  WHERE d.controlled_usd >= l.usd * :least_share AND l.last_day + :quiet_days <= w.last_day
),
judged AS (
  SELECT t.*, days * power(part, days - 1) - (days - 1) * power(part, days) AS p_value FROM tested t
),
-- How many of all those tested chance alone lets be as unlikely.
likelihoods AS (
  SELECT p_value, sum(sum(p_value)) OVER (ORDER BY p_value ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS expected
  FROM judged GROUP BY p_value
),
burners AS (
  SELECT j.*, e.expected FROM judged j JOIN likelihoods e ON e.p_value = j.p_value
  WHERE j.last_day <= j.first_day + :most_days AND j.p_value <= :most_p
),
-- Who exists only as the other side of such a party is no second trader: the finding of the larger one stands for both.
shadows AS (
  SELECT DISTINCT s.party
  FROM (SELECT party, partner, sum(usd) AS usd FROM sides GROUP BY party, partner) s
  JOIN burners b ON b.party = s.party
  JOIN burners p ON p.party = s.partner
  WHERE s.usd >= b.controlled_usd * :least_share
    AND (p.controlled_usd > b.controlled_usd OR (p.controlled_usd = b.controlled_usd AND p.party < b.party))
)
SELECT s.party AS subject, s.party_name AS subject_name, s.source, s.row_no, s.day,
  'seen from ' || CAST(b.first_day AS VARCHAR) || ' to ' || CAST(b.last_day AS VARCHAR) || ' only; '
    || CAST(CAST(b.controlled_usd AS DECIMAL(18, 0)) AS VARCHAR) || ' of '
    || CAST(CAST(b.usd AS DECIMAL(18, 0)) AS VARCHAR) || ' dollars in controlled goods' AS statistic,
  b.p_value, b.expected
FROM burners b JOIN sides s ON s.party = b.party
WHERE b.party NOT IN (SELECT party FROM shadows)
