-- id: 15
-- key: vague-description
-- title: Vague descriptions
-- subject: party
-- needs: description, importer|consignee|buyer|end_user
-- parameter: vague = 0.7 | from which vagueness on (0 to 1) a description says too little
-- parameter: least_lines = 4 | vague lines of a party
-- parameter: above_peers = 0.3 | by how much its share of vague lines exceeds the median share of all parties
-- parameter: false_discovery_rate = 0.05 | share of the parties found that may be chance (Benjamini and Hochberg)
-- source: New York Times, March 2023: vague product descriptions hid what was shipped
-- doc: A party whose descriptions say less than those of others. Says nothing about what was in the box.
-- doc: The p value is a bound of the chance that so many of its lines are vague when each is as often as for the mean party.
WITH shares AS (
  SELECT recipient, count(*) AS line_count, sum(CASE WHEN vagueness >= :vague THEN 1 ELSE 0 END) AS vague_count
  FROM trades WHERE recipient IS NOT NULL AND vagueness IS NOT NULL GROUP BY recipient
),
-- Each party counts once, so that a large one is not what the others are held against.
peers AS (
  SELECT median(CAST(vague_count AS DOUBLE) / line_count) AS usual, avg(CAST(vague_count AS DOUBLE) / line_count) AS chance,
    count(CASE WHEN line_count >= :least_lines THEN 1 END) AS tests
  FROM shares
),
vague_parties AS (
  SELECT s.*, p.tests,
    -- Chernoff's bound of the binomial tail.
    CASE WHEN s.vague_count <= p.chance * s.line_count THEN 1.0
         ELSE exp(s.vague_count * ln(p.chance * s.line_count / s.vague_count)
           + (s.line_count - s.vague_count) * ln(greatest(1e-12, 1 - p.chance) * s.line_count / greatest(1, s.line_count - s.vague_count))) END AS p_value
  FROM shares s CROSS JOIN peers p
  WHERE s.vague_count >= :least_lines AND CAST(s.vague_count AS DOUBLE) / s.line_count - p.usual >= :above_peers
)
SELECT t.recipient AS subject, t.recipient_name AS subject_name, t.source, t.row_no, t.day,
  CAST(v.vague_count AS VARCHAR) || ' of ' || CAST(v.line_count AS VARCHAR) || ' lines do not say what the goods are' AS statistic,
  v.p_value, v.tests
FROM vague_parties v JOIN trades t ON t.recipient = v.recipient
WHERE t.vagueness >= :vague
