-- id: 15
-- key: vague-description
-- title: Vague descriptions
-- subject: party
-- needs: description, importer|consignee|buyer|end_user
-- parameter: vague = 0.7 | from which vagueness on (0 to 1) a description says too little
-- parameter: least_lines = 4 | vague lines of a party
-- parameter: above_peers = 0.3 | by how much its share of vague lines exceeds the median share of all parties
-- source: New York Times, March 2023: vague product descriptions hid what was shipped
-- doc: A party whose descriptions say less than those of others. Says nothing about what was in the box.
WITH shares AS (
  SELECT recipient, count(*) AS line_count, sum(CASE WHEN vagueness >= :vague THEN 1 ELSE 0 END) AS vague_count
  FROM trades WHERE recipient IS NOT NULL AND vagueness IS NOT NULL GROUP BY recipient
),
peers AS (SELECT median(CAST(vague_count AS DOUBLE) / line_count) AS usual FROM shares),
vague_parties AS (
  SELECT s.*, CAST(s.vague_count AS DOUBLE) / s.line_count AS vague_share
  FROM shares s CROSS JOIN peers p
  WHERE s.vague_count >= :least_lines AND CAST(s.vague_count AS DOUBLE) / s.line_count - p.usual >= :above_peers
)
SELECT t.recipient AS subject, t.recipient_name AS subject_name, t.source, t.row_no, t.day,
  CAST(v.vague_count AS VARCHAR) || ' of ' || CAST(v.line_count AS VARCHAR) || ' lines do not say what the goods are' AS statistic
FROM vague_parties v JOIN trades t ON t.recipient = v.recipient
WHERE t.vagueness >= :vague
