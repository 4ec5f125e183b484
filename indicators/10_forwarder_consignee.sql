-- id: 10
-- key: forwarder-consignee
-- title: A forwarder or bank as the recipient of controlled goods
-- subject: party
-- needs: importer|consignee
-- parameter: least_shippers = 20 | different senders of one recipient
-- parameter: least_bits = 2.5 | entropy of the chapters that it receives
-- source: BIS, thirteen red flags, no. 10; FinCEN, November 2023
-- doc: The recipient of controlled goods is by its name a carrier, forwarder, courier or bank, or receives goods of
-- doc: all kinds from many senders. Who the goods are for is then not said. Forwarders are recipients by habit.
WITH received AS (
  SELECT recipient, sender, hs2 FROM trades WHERE recipient IN (SELECT recipient FROM controlled_recipients)
),
chapters AS (SELECT recipient, hs2, CAST(count(*) AS DOUBLE) AS n FROM received WHERE hs2 IS NOT NULL GROUP BY recipient, hs2),
spread AS (
  SELECT recipient, ln(sum(n)) / ln(2.0) - sum(n * ln(n)) / sum(n) / ln(2.0) AS bits FROM chapters GROUP BY recipient
),
crowds AS (SELECT recipient, count(DISTINCT sender) AS senders FROM received GROUP BY recipient HAVING count(DISTINCT sender) >= :least_shippers),
mixed AS (
  SELECT c.recipient, c.senders, s.bits FROM crowds c JOIN spread s ON s.recipient = c.recipient WHERE s.bits >= :least_bits
),
names AS (
  SELECT recipient, ' ' || translate(lower(recipient_name), '.,"()-/', '       ') || ' ' AS padded
  FROM (SELECT DISTINCT recipient, recipient_name FROM controlled_trades WHERE recipient IS NOT NULL) d
),
worded AS (
  SELECT n.recipient, min(w.word) AS word
  FROM names n JOIN forwarder_words w ON n.padded LIKE '%' || w.word || '%'
  GROUP BY n.recipient
)
SELECT t.recipient AS subject, t.recipient_name AS subject_name, t.source, t.row_no, t.day,
  CASE WHEN w.word IS NOT NULL THEN 'its name says "' || trim(w.word) || '"' ELSE '' END
    || CASE WHEN w.word IS NOT NULL AND m.senders IS NOT NULL THEN '; ' ELSE '' END
    || CASE WHEN m.senders IS NOT NULL THEN CAST(m.senders AS VARCHAR) || ' senders, chapters of '
         || CAST(CAST(m.bits AS DECIMAL(18, 1)) AS VARCHAR) || ' bits' ELSE '' END AS statistic
FROM controlled_trades t
LEFT JOIN worded w ON w.recipient = t.recipient
LEFT JOIN mixed m ON m.recipient = t.recipient
WHERE w.word IS NOT NULL OR m.senders IS NOT NULL
