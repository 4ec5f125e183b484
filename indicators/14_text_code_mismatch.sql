-- id: 14
-- key: text-code-mismatch
-- title: Text and code disagree
-- subject: party
-- needs: hs, description, importer|consignee|buyer|end_user
-- parameter: least_margin = 0.3 | how much likelier than the declared heading the first one of the text's words must be
-- source: RUSI on altered codes; the catalogue says under which codes a recognised thing travels, the words of the nomenclature (HS 2022) which headings a text speaks for
-- doc: Strong: the text names a brand, model or part whose code is another one than the declared one. Weak: nothing
-- doc: was recognised, but the words speak for a heading of controlled goods, and the declared heading is not among the
-- doc: first five. Codes are often wrong by mistake, and traders do not write as the nomenclature does: the rows show
-- doc: the disagreement, not an intent.
WITH controlled_headings AS (SELECT DISTINCT substr(hs, 1, 4) AS hs4 FROM controlled_hs),
disagreeing AS (
  SELECT recipient, recipient_name, source, row_no, day, hs4, 'strong' AS strength,
    coalesce(brand || ' ' || model, component_class) AS says
  FROM trades
  WHERE code_agreement = false AND recipient IS NOT NULL
  UNION ALL
  SELECT recipient, recipient_name, source, row_no, day, hs4, 'weak', 'words of ' || substr(text_headings, 1, 4)
  FROM trades
  WHERE text_heading_margin >= :least_margin AND component_class IS NULL AND NOT controlled AND recipient IS NOT NULL
    AND substr(text_headings, 1, 4) IN (SELECT hs4 FROM controlled_headings)
)
SELECT recipient AS subject, recipient_name AS subject_name, source, row_no, day,
  CAST(count(*) OVER (PARTITION BY recipient) AS VARCHAR) || ' lines declared under '
    || min(hs4) OVER (PARTITION BY recipient)
    || CASE WHEN max(hs4) OVER (PARTITION BY recipient) <> min(hs4) OVER (PARTITION BY recipient) THEN ' and others' ELSE '' END
    || ' whose text says ' || first_value(says) OVER (PARTITION BY recipient ORDER BY strength, says) AS statistic,
  min(strength) OVER (PARTITION BY recipient) AS grade
FROM disagreeing
