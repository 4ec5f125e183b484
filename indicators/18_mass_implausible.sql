-- id: 18
-- key: mass-implausible
-- title: Mass implausible for the model
-- subject: party
-- needs: quantity, net_mass_kg, importer|consignee|buyer|end_user
-- parameter: factor = 2.0 | how many times heavier or lighter than the model a piece must be
-- parameter: toy_usd = 300.0 | dollars for one piece above which a toy's code (9503) is not believed
-- source: definition of this project, from drone models' published masses
-- doc: Net mass by quantity against the mass that the catalogue knows for the recognised model, unless the text
-- doc: speaks of a set or of extra batteries; or a toy's code at a machine's price. Error of a typist or a wrong
-- doc: quantity look the same.
WITH weighed AS (
  SELECT t.*, t.net_mass_kg / nullif(t.quantity, 0) AS piece_kg, m.mass_low_kg, m.mass_high_kg
  FROM controlled_trades t
  JOIN models m ON m.brand = t.brand AND m.model = t.model
  WHERE t.component_class = 'drone' AND m.mass_low_kg > 0
    AND NOT EXISTS (SELECT 1 FROM set_words w
                    WHERE ' ' || lower(coalesce(t.description, '') || ' ' || coalesce(t.description_en, '')) || ' '
                          LIKE '%' || w.word || '%')
),
odd AS (
  SELECT recipient, recipient_name, source, row_no, day,
    brand || ' ' || model || ': ' || CAST(CAST(piece_kg AS DECIMAL(18, 3)) AS VARCHAR) || ' kg a piece, the model weighs '
      || CAST(CAST(mass_low_kg AS DECIMAL(18, 3)) AS VARCHAR)
      || CASE WHEN mass_high_kg > mass_low_kg THEN ' to ' || CAST(CAST(mass_high_kg AS DECIMAL(18, 3)) AS VARCHAR) ELSE '' END
      || ' kg' AS what
  FROM weighed
  WHERE piece_kg > mass_high_kg * :factor OR piece_kg < mass_low_kg / :factor
  UNION ALL
  SELECT recipient, recipient_name, source, row_no, day,
    'code 9503 (toys) at ' || CAST(CAST(value_usd / quantity AS DECIMAL(18, 2)) AS VARCHAR) || ' dollars a piece' AS what
  FROM trades
  WHERE hs LIKE '9503%' AND quantity > 0 AND value_usd / quantity > :toy_usd
)
SELECT recipient AS subject, recipient_name AS subject_name, source, row_no, day,
  CAST(count(*) OVER (PARTITION BY recipient) AS VARCHAR) || ' lines; ' || min(what) OVER (PARTITION BY recipient) AS statistic
FROM odd
WHERE recipient IS NOT NULL
