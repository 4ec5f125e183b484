-- id: 13
-- key: controlled-code
-- title: Declared under a controlled code
-- subject: product
-- needs: hs
-- source: control lists of BIS and the EU by subheading; concordance of the World Customs Organization
-- doc: The declared code begins with one under which controlled goods travel. The table controlled_hs says of which
-- doc: edition the code is, and how it corresponds to today's: 1:1, or n:n where the older code holds other goods
-- doc: too. A code alone makes no goods controlled: parameters and end use decide.
WITH coded AS (
  SELECT t.hs6, c.hs AS listed, c.edition, c.conversion, t.source, t.row_no, t.day, t.value_usd
  FROM controlled_trades t JOIN controlled_hs c ON t.hs LIKE c.hs || '%'
),
-- A row under two entries of the table counts for the longer one.
best AS (
  SELECT c.*, row_number() OVER (PARTITION BY source, row_no ORDER BY length(listed) DESC, listed) AS place FROM coded c
)
SELECT listed AS subject, 'HS ' || listed AS subject_name, source, row_no, day,
  CAST(count(*) OVER (PARTITION BY listed) AS VARCHAR) || ' lines under ' || listed || ' (edition ' || edition || ', '
    || conversion || ')'
    || coalesce(', ' || CAST(CAST(sum(CAST(value_usd AS DECIMAL(18, 2))) OVER (PARTITION BY listed) AS DECIMAL(18, 0)) AS VARCHAR)
    || ' dollars', '') AS statistic
FROM best
WHERE place = 1
