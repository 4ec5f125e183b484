-- id: 11
-- key: masked-party
-- title: Recipients that are not named
-- subject: party
-- needs: importer|consignee|buyer|end_user, exporter|supplier|shipper|seller
-- parameter: least_lines = 5 | lines of the sender
-- parameter: above_peers = 0.3 | by how much its share of nameless recipients exceeds the median share of all senders
-- parameter: false_discovery_rate = 0.05 | share of the senders found that may be chance (Benjamini and Hochberg)
-- source: FinCEN, November 2023 (letters of credit consigned to the issuing bank)
-- doc: A sender whose lines name no recipient, "to order" or a bank far more often than those of others. Says
-- doc: something about the data first: some countries hide names by law.
-- doc: The p value is a bound of the chance that so many of its lines fall so when each does as often as for the mean sender.
WITH names AS (
  SELECT recipient_name, ' ' || lower(recipient_name) || ' ' AS padded
  FROM (SELECT DISTINCT recipient_name FROM trades WHERE recipient_name IS NOT NULL) d
),
masked_names AS (SELECT DISTINCT n.recipient_name FROM names n JOIN masked_words w ON n.padded LIKE w.pattern),
shares AS (
  SELECT t.sender, count(*) AS line_count, count(CASE WHEN t.recipient_name IS NULL OR t.recipient_name IN (SELECT recipient_name FROM masked_names) THEN 1 END) AS masked_count
  FROM trades t
  WHERE t.sender IS NOT NULL
  GROUP BY t.sender HAVING count(*) >= :least_lines
),
-- Each sender counts once, so that a large one is not what the others are held against.
peers AS (
  SELECT median(CAST(masked_count AS DOUBLE) / line_count) AS usual, avg(CAST(masked_count AS DOUBLE) / line_count) AS chance, count(*) AS tests
  FROM shares
),
found AS (
  SELECT s.*, p.usual, p.tests,
    -- Chernoff's bound of the binomial tail.
    CASE WHEN s.masked_count <= p.chance * s.line_count THEN 1.0
         ELSE exp(s.masked_count * ln(p.chance * s.line_count / s.masked_count)
           + (s.line_count - s.masked_count) * ln(greatest(1e-12, 1 - p.chance) * s.line_count / greatest(1, s.line_count - s.masked_count))) END AS p_value
  FROM shares s CROSS JOIN peers p
  WHERE CAST(s.masked_count AS DOUBLE) / s.line_count - p.usual >= :above_peers
)
SELECT t.sender AS subject, t.sender_name AS subject_name, t.source, t.row_no, t.day,
  CAST(f.masked_count AS VARCHAR) || ' of ' || CAST(f.line_count AS VARCHAR) || ' lines name no recipient; the median of all senders is '
    || CAST(CAST(f.usual * 100 AS DECIMAL(18, 0)) AS VARCHAR) || '%' AS statistic,
  f.p_value, f.tests
FROM found f JOIN trades t ON t.sender = f.sender
WHERE t.recipient_name IS NULL OR t.recipient_name IN (SELECT recipient_name FROM masked_names)
