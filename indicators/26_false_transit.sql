-- id: 26
-- key: false-transit
-- title: Transit that never arrived
-- subject: route
-- needs: procedure, destination
-- not_computable_if: SELECT 'no source shows arrivals in a country to which transit was declared' AS reason
-- not_computable_if: WHERE NOT EXISTS (SELECT 1 FROM trades a WHERE a.direction IS DISTINCT FROM 'export'
-- not_computable_if:   AND a.destination IN (SELECT country FROM transit_destinations)
-- not_computable_if:   AND NOT EXISTS (SELECT 1 FROM transit_procedures p WHERE a.procedure LIKE p.code || '%'))
-- parameter: days = 120 | within which the goods should have arrived
-- source: Financial Times on false transit; BIS
-- doc: Controlled goods declared for transit through a destination of concern to a country beyond it, and no line of
-- doc: a source that covers that country shows the same goods arriving in time. Only countries whose arrivals some
-- doc: source shows are judged.
WITH in_transit AS (
  SELECT t.* FROM controlled_trades t
  WHERE t.destination IN (SELECT country FROM transit_destinations)
    AND EXISTS (SELECT 1 FROM transit_procedures p WHERE t.procedure LIKE p.code || '%')
),
covered AS (
  SELECT a.destination, max(a.day) AS last_day FROM trades a
  WHERE a.direction IS DISTINCT FROM 'export' AND a.destination IN (SELECT destination FROM in_transit)
    AND NOT EXISTS (SELECT 1 FROM transit_procedures p WHERE a.procedure LIKE p.code || '%')
  GROUP BY a.destination
),
arrivals AS (
  SELECT a.destination, a.hs6, a.quantity, a.day FROM trades a
  WHERE a.direction IS DISTINCT FROM 'export' AND a.destination IN (SELECT destination FROM in_transit)
    AND a.hs6 IN (SELECT hs6 FROM in_transit)
    AND NOT EXISTS (SELECT 1 FROM transit_procedures p WHERE a.procedure LIKE p.code || '%')
),
lost AS (
  SELECT t.*, t.origin || '>' || coalesce(t.sender || '>', '') || coalesce(t.recipient || '>', '') || t.destination AS route
  FROM in_transit t JOIN covered c ON c.destination = t.destination AND t.day + :days <= c.last_day
  WHERE NOT EXISTS (
    SELECT 1 FROM arrivals a
    WHERE a.destination = t.destination AND a.hs6 = t.hs6 AND a.day >= t.day AND a.day <= t.day + :days
      AND (a.quantity = t.quantity OR t.quantity IS NULL OR a.quantity IS NULL))
)
SELECT route AS subject, coalesce(sender_name, origin) || ' > ' || coalesce(recipient_name, '') || ' > ' || destination AS subject_name,
  source, row_no, day,
  CAST(count(*) OVER (PARTITION BY route) AS VARCHAR) || ' lines declared for transit to ' || destination
    || '; none arrived within ' || CAST(:days AS VARCHAR) || ' days' AS statistic
FROM lost
