-- id: 14
-- key: text-code-mismatch
-- title: Text and code disagree
-- subject: party
-- needs: hs, description, importer|consignee|buyer|end_user
-- source: RUSI on altered codes; the catalogue says under which codes a recognised thing travels
-- doc: The text names a brand, model or part whose code is another one than the declared one. Codes are often
-- doc: wrong by mistake: the rows show the disagreement, not an intent.
SELECT recipient AS subject, recipient_name AS subject_name, source, row_no, day,
  CAST(count(*) OVER (PARTITION BY recipient) AS VARCHAR) || ' lines declared under '
    || min(hs4) OVER (PARTITION BY recipient)
    || CASE WHEN max(hs4) OVER (PARTITION BY recipient) <> min(hs4) OVER (PARTITION BY recipient) THEN ' and others' ELSE '' END
    || ' whose text says ' || min(coalesce(brand || ' ' || model, component_class)) OVER (PARTITION BY recipient) AS statistic
FROM trades
WHERE code_agreement = false AND recipient IS NOT NULL
