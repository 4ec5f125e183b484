-- id: 14
-- key: text-code-mismatch
-- title: Text and code disagree
-- subject: party
-- needs: hs, description, importer|consignee|buyer|end_user
-- parameter: least_margin = 0.3 | how much likelier than the declared heading the first one of the text's words must be
-- parameter: least_peers = 20 | recipients of a kind of goods, from which on it is asked what is usual among them
-- parameter: usual = 0.5 | median share of their lines that disagree, from which on disagreeing is the rule
-- source: RUSI on altered codes; the catalogue says under which codes a recognised thing travels, the words of the nomenclature (HS 2022) which headings a text speaks for
-- doc: Strong: the text names a brand, model or part whose code is another one than the declared one. Weak: nothing
-- doc: was recognised, but the words speak for a heading of controlled goods, and the declared heading is not among the
-- doc: first five. Weak ones rest on margins that the rows hold, and rows hold none below 0.1: a smaller least_margin finds
-- doc: no more. Where most recipients of a kind of goods have it under other codes, the file or the catalogue has another
-- doc: view of that kind, and no recipient stands out: the kind is then one finding. Codes are often wrong by mistake, and traders do not write as the nomenclature does: the rows show
-- doc: the disagreement, not an intent.
WITH controlled_headings AS (SELECT DISTINCT substr(hs, 1, 4) AS hs4 FROM controlled_hs),
peers AS (
  SELECT component_class, recipient, avg(CASE WHEN code_agreement THEN 0.0 ELSE 1.0 END) AS share
  FROM trades WHERE code_agreement IS NOT NULL AND recipient IS NOT NULL AND component_class IS NOT NULL
  GROUP BY component_class, recipient
),
usual AS (
  SELECT component_class, count(*) AS peers, median(share) AS share FROM peers
  GROUP BY component_class HAVING count(*) >= :least_peers AND median(share) >= :usual
),
disagreeing AS (
  SELECT recipient, recipient_name, source, row_no, day, hs4, 'strong' AS strength,
    coalesce(brand || ' ' || model, component_class) AS says, component_class
  FROM trades
  WHERE code_agreement = false AND recipient IS NOT NULL
  UNION ALL
  SELECT recipient, recipient_name, source, row_no, day, hs4, 'weak', 'words of ' || substr(text_headings, 1, 4), component_class
  FROM trades
  WHERE text_heading_margin >= :least_margin AND component_class IS NULL AND NOT controlled AND recipient IS NOT NULL
    AND substr(text_headings, 1, 4) IN (SELECT hs4 FROM controlled_headings)
),
single AS (
  SELECT * FROM disagreeing WHERE component_class IS NULL OR component_class NOT IN (SELECT component_class FROM usual)
)
SELECT recipient AS subject, recipient_name AS subject_name, source, row_no, day,
  CAST(count(*) OVER (PARTITION BY recipient) AS VARCHAR) || ' lines declared under '
    || min(hs4) OVER (PARTITION BY recipient)
    || CASE WHEN max(hs4) OVER (PARTITION BY recipient) <> min(hs4) OVER (PARTITION BY recipient) THEN ' and others' ELSE '' END
    || ' whose text says ' || first_value(says) OVER (PARTITION BY recipient ORDER BY strength, says) AS statistic,
  min(strength) OVER (PARTITION BY recipient) AS grade, 'party' AS subject_kind
FROM single
UNION ALL
SELECT 'codes of ' || d.component_class AS subject, 'codes of ' || d.component_class AS subject_name, d.source, d.row_no, d.day,
  CAST(count(*) OVER (PARTITION BY d.component_class) AS VARCHAR) || ' lines whose text says ' || d.component_class
    || ' are declared under other codes; the median of ' || CAST(u.peers AS VARCHAR) || ' recipients is '
    || CAST(CAST(u.share * 100 AS DECIMAL(18, 0)) AS VARCHAR) || '%: that is the rule here and says nothing about one of them' AS statistic,
  'strong' AS grade, 'product' AS subject_kind
FROM disagreeing d JOIN usual u ON u.component_class = d.component_class
