-- id: 9
-- key: near-name
-- title: Name near that of a listed party
-- subject: party
-- not_computable_if: SELECT 'no party was screened' AS reason WHERE NOT EXISTS (SELECT 1 FROM screened)
-- parameter: least_score = 0.85 | likeness of the names, 0 to 1
-- source: BIS, thirteen red flags, no. 1
-- doc: A party of a line whose name is like that of a listed one, and no identifier of which contradicts. A
-- doc: candidate for a person to look at: many firms have like names.
WITH best AS (
  SELECT entity, max(score) AS score, max(CASE WHEN identifier_agrees THEN 1 ELSE 0 END) AS agrees
  FROM party_hits WHERE score >= :least_score OR identifier_agrees GROUP BY entity
),
named AS (
  SELECT h.entity, min(h.listed_name || ' (' || h.list || ' ' || h.id || ')') AS listed
  FROM party_hits h JOIN best b ON b.entity = h.entity AND (h.score = b.score OR h.identifier_agrees) GROUP BY h.entity
)
SELECT m.entity AS subject, m.name AS subject_name, m.source, m.row AS row_no, t.day,
  CASE WHEN b.agrees = 1 THEN 'an identifier agrees with ' ELSE 'likeness ' || CAST(CAST(b.score AS DECIMAL(18, 2)) AS VARCHAR) || ' with ' END
    || n.listed AS statistic
FROM best b
JOIN named n ON n.entity = b.entity
JOIN mentions m ON m.entity = b.entity
JOIN trades t ON t.source = m.source AND t.row_no = m.row
