-- id: 22
-- key: hub-route
-- title: Through a hub to a destination of concern
-- subject: route
-- needs: origin, destination, departure|exporter|supplier|shipper|seller
-- source: FinCEN and BIS alerts; Wall Street Journal, February 2023
-- doc: Controlled goods that were made elsewhere come from a hub to a destination of concern, sold by a party that
-- doc: does not sit where they were made. The hub is the departure country, else the country of the sender, and is
-- doc: then marked as inferred. Wholesalers in hubs are often honest.
WITH routed AS (
  SELECT t.*, coalesce(t.departure, t.sender_country) AS hub,
    CASE WHEN t.departure IS NULL THEN ' (hub inferred from the sender)' ELSE '' END AS how
  FROM controlled_trades t
  WHERE t.origin IS NOT NULL
    AND t.origin NOT IN (SELECT country FROM destinations_of_concern)
    AND t.destination IN (SELECT country FROM destinations_of_concern)
),
hubbed AS (
  SELECT r.*, r.origin || '>' || r.hub || '>' || coalesce(r.sender || '>', '') || coalesce(r.recipient || '>', '') || r.destination AS route
  FROM routed r
  WHERE r.hub IN (SELECT country FROM hubs)
    AND r.hub <> r.origin AND r.hub <> r.destination
    AND coalesce(r.sender_country, r.hub) <> r.origin
)
SELECT route AS subject, coalesce(sender_name, hub) || ' > ' || coalesce(recipient_name, destination) AS subject_name,
  source, row_no, day,
  origin || ' to ' || destination || ' through ' || hub || how || ': '
    || CAST(count(*) OVER (PARTITION BY route) AS VARCHAR) || ' lines, '
    || coalesce(CAST(CAST(sum(CAST(value_usd AS DECIMAL(18, 2))) OVER (PARTITION BY route) AS DECIMAL(18, 0)) AS VARCHAR), 'unknown')
    || ' dollars' AS statistic
FROM hubbed
