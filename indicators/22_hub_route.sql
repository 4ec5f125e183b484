-- id: 22
-- key: hub-route
-- title: Through a hub to a destination of concern
-- subject: route
-- needs: origin, destination, departure|exporter|supplier|shipper|seller
-- source: FinCEN and BIS alerts; Wall Street Journal, February 2023
-- doc: Controlled goods that were made elsewhere come from a hub to a destination of concern, sold by a party that
-- doc: does not sit where they were made. The hub is the departure country, else the country of the sender, and is
-- doc: then marked as inferred. One finding has all that one recipient gets from one hub, whoever sends it.
-- doc: Wholesalers in hubs are often honest.
WITH routed AS (
  SELECT t.*, coalesce(t.departure, t.sender_country) AS hub,
    CASE WHEN t.departure IS NULL THEN ' (hub inferred from the sender)' ELSE '' END AS how
  FROM controlled_trades t
  WHERE t.origin IS NOT NULL
    AND t.origin NOT IN (SELECT country FROM destinations_of_concern)
    AND t.destination IN (SELECT country FROM destinations_of_concern)
),
hubbed AS (
  SELECT r.*, r.origin || '>' || r.hub || '>' || coalesce(r.recipient, r.sender, '') || '>' || r.destination AS route
  FROM routed r
  WHERE coalesce(r.recipient, r.sender) IS NOT NULL AND r.hub IN (SELECT country FROM hubs)
    AND r.hub <> r.origin AND r.hub <> r.destination
    AND coalesce(r.sender_country, r.hub) <> r.origin
),
senders AS (SELECT route, count(DISTINCT sender) AS n, min(sender_name) AS one FROM hubbed GROUP BY route)
SELECT h.route AS subject,
  coalesce(s.one, h.hub) || CASE WHEN s.n > 1 THEN ' and others' ELSE '' END || ' > ' || coalesce(h.recipient_name, h.destination) AS subject_name,
  h.source, h.row_no, h.day,
  h.origin || ' to ' || h.destination || ' through ' || h.hub || h.how || ': '
    || CAST(count(*) OVER (PARTITION BY h.route) AS VARCHAR) || ' lines, '
    || coalesce(CAST(CAST(sum(CAST(h.value_usd AS DECIMAL(18, 2))) OVER (PARTITION BY h.route) AS DECIMAL(18, 0)) AS VARCHAR), 'unknown')
    || ' dollars, from ' || CAST(s.n AS VARCHAR) || ' senders' AS statistic
FROM hubbed h JOIN senders s ON s.route = h.route
