-- id: 24
-- key: mirror-gap
-- title: Exports that the partner does not report
-- subject: route
-- not_computable_if: SELECT 'no flows of countries are loaded: give them with --table flows=FILE' AS reason WHERE NOT EXISTS (SELECT 1 FROM flows)
-- parameter: t0 = DATE '2022-02-24' | the control date
-- parameter: cif_by_fob = 1.075 | freight and insurance in the partner's figure: 1.05 to 1.10
-- parameter: least_gap = 0.5 | share of the exports that the partner does not show
-- parameter: least_rise = 0.3 | by how much that share rose over the year before
-- parameter: least_usd = 1000000.0 | dollars of exports in the year after
-- source: Financial Times on goods declared for transit, Lithuania to Kazakhstan: gap of 0.68, then 0.87
-- doc: One country reports exports of a subheading to another, which reports receiving much less, and the gap grew
-- doc: after the control date. Goods may take up to three months: the kindest shift of the partner's months counts.
-- doc: Codes, valuation and re-exports differ between countries: a gap is a question, not a diversion.
WITH monthly AS (
  SELECT reporter, partner, flow, hs6, CAST(value_usd AS DECIMAL(18, 2)) AS usd,
    CAST(substr(period, 1, 4) AS INTEGER) * 12 + CAST(substr(period, 6, 2) AS INTEGER) AS in_month
  FROM flows WHERE length(period) >= 7
),
yearly AS (
  SELECT reporter, partner, flow, hs6, CAST(value_usd AS DECIMAL(18, 2)) AS usd, CAST(period AS INTEGER) AS in_year
  FROM flows WHERE length(period) = 4
),
turn AS (SELECT year(:t0) * 12 + month(:t0) AS in_month, year(:t0) AS in_year),
shifts AS (SELECT 0 AS shift UNION ALL SELECT 1 AS shift UNION ALL SELECT 2 AS shift UNION ALL SELECT 3 AS shift),
sides AS (
  SELECT m.reporter, m.partner, m.flow, m.hs6, s.shift,
    CASE WHEN m.in_month - s.shift < t.in_month THEN 0 ELSE 1 END AS later, m.usd
  FROM monthly m CROSS JOIN turn t CROSS JOIN shifts s
  WHERE m.in_month - s.shift >= t.in_month - 12 AND m.in_month - s.shift < t.in_month + 12
  UNION ALL
  SELECT y.reporter, y.partner, y.flow, y.hs6, 0 AS shift, CASE WHEN y.in_year < t.in_year THEN 0 ELSE 1 END AS later, y.usd
  FROM yearly y CROSS JOIN turn t WHERE y.in_year IN (t.in_year - 1, t.in_year + 1)
),
sent AS (
  SELECT reporter AS from_country, partner AS to_country, hs6, later, sum(usd) AS usd
  FROM sides WHERE flow = 'export' AND shift = 0 GROUP BY reporter, partner, hs6, later
),
shifted AS (
  SELECT partner AS from_country, reporter AS to_country, hs6, later, shift, sum(usd) AS usd
  FROM sides WHERE flow = 'import' GROUP BY partner, reporter, hs6, later, shift
),
received AS (
  SELECT from_country, to_country, hs6, later, max(usd) AS usd FROM shifted GROUP BY from_country, to_country, hs6, later
),
-- Who reports no imports at all on a side cannot be compared there.
reports AS (SELECT DISTINCT reporter, later FROM sides WHERE flow = 'import'),
gaps AS (
  SELECT s.from_country, s.to_country, s.hs6, s.later, s.usd AS sent_usd, coalesce(r.usd, 0) AS received_usd,
    (s.usd * :cif_by_fob - coalesce(r.usd, 0)) / (s.usd * :cif_by_fob) AS gap
  FROM sent s
  JOIN reports p ON p.reporter = s.to_country AND p.later = s.later
  LEFT JOIN received r ON r.from_country = s.from_country AND r.to_country = s.to_country AND r.hs6 = s.hs6 AND r.later = s.later
  WHERE s.usd > 0
)
SELECT a.from_country || '>' || a.to_country || '>' || a.hs6 AS subject,
  a.from_country || ' > ' || a.to_country || ', HS ' || a.hs6 AS subject_name,
  CAST(NULL AS VARCHAR) AS source, CAST(NULL AS BIGINT) AS row_no, :t0 AS day,
  'gap ' || CAST(CAST(b.gap AS DECIMAL(18, 2)) AS VARCHAR) || ' before, ' || CAST(CAST(a.gap AS DECIMAL(18, 2)) AS VARCHAR)
    || ' after: ' || CAST(CAST(a.sent_usd AS DECIMAL(18, 0)) AS VARCHAR) || ' dollars sent, '
    || CAST(CAST(a.received_usd AS DECIMAL(18, 0)) AS VARCHAR) || ' reported as received' AS statistic
FROM gaps a JOIN gaps b ON b.from_country = a.from_country AND b.to_country = a.to_country AND b.hs6 = a.hs6
WHERE a.later = 1 AND b.later = 0
  AND a.gap >= :least_gap AND a.sent_usd >= :least_usd AND a.gap - b.gap >= :least_rise
