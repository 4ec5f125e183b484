-- id: 11
-- key: masked-party
-- title: Recipients that are not named
-- subject: party
-- needs: importer|consignee|buyer|end_user, exporter|supplier|shipper|seller
-- parameter: least_lines = 5 | lines of the sender
-- parameter: above_peers = 0.3 | by how much its share of nameless recipients exceeds the median share of all senders
-- source: FinCEN, November 2023 (letters of credit consigned to the issuing bank)
-- doc: A sender whose lines name no recipient, "to order" or a bank far more often than those of others. Says
-- doc: something about the data first: some countries hide names by law.
WITH
-- One look at all lines; what follows reads its pairs.
pairs AS (SELECT sender, recipient_name, count(*) AS n FROM trades GROUP BY sender, recipient_name),
names AS (
  SELECT recipient_name, ' ' || lower(recipient_name) || ' ' AS padded
  FROM (SELECT DISTINCT recipient_name FROM pairs WHERE recipient_name IS NOT NULL) d
),
masked_names AS (SELECT DISTINCT n.recipient_name FROM names n JOIN masked_words w ON n.padded LIKE w.pattern),
shares AS (
  SELECT t.sender, CAST(sum(t.n) AS BIGINT) AS line_count,
    CAST(sum(CASE WHEN t.recipient_name IS NULL OR m.recipient_name IS NOT NULL THEN t.n ELSE 0 END) AS BIGINT) AS masked_count
  FROM pairs t LEFT JOIN masked_names m ON m.recipient_name = t.recipient_name
  WHERE t.sender IS NOT NULL
  GROUP BY t.sender HAVING sum(t.n) >= :least_lines
),
peers AS (SELECT median(CAST(masked_count AS DOUBLE) / line_count) AS usual FROM shares),
found AS (
  SELECT s.*, p.usual FROM shares s CROSS JOIN peers p
  WHERE CAST(s.masked_count AS DOUBLE) / s.line_count - p.usual >= :above_peers
)
SELECT t.sender AS subject, t.sender_name AS subject_name, t.source, t.row_no, t.day,
  CAST(f.masked_count AS VARCHAR) || ' of ' || CAST(f.line_count AS VARCHAR) || ' lines name no recipient; the median of all senders is '
    || CAST(CAST(f.usual * 100 AS DECIMAL(18, 0)) AS VARCHAR) || '%' AS statistic
FROM found f JOIN trades t ON t.sender = f.sender
WHERE t.recipient_name IS NULL OR t.recipient_name IN (SELECT recipient_name FROM masked_names)
