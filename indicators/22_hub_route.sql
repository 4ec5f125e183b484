-- id: 22
-- key: hub-route
-- title: Through a hub to a destination of concern
-- subject: route
-- needs: origin, destination, departure|exporter|supplier|shipper|seller
-- not_computable_if: WITH shown AS (
-- not_computable_if:   SELECT count(*) AS n, min(destination) AS one, max(destination) AS other,
-- not_computable_if:     max(CASE WHEN direction = 'export' AND coalesce(departure, sender_country) = origin THEN 0 ELSE 1 END) AS beyond
-- not_computable_if:   FROM controlled_trades
-- not_computable_if: )
-- not_computable_if: SELECT CASE WHEN beyond = 0
-- not_computable_if:   THEN 'all lines are exports of the country where the goods were made: what becomes of them in a hub is not shown'
-- not_computable_if:   ELSE 'all controlled goods go to one country, which is no destination of concern and no hub' END AS reason
-- not_computable_if: FROM shown WHERE n > 0 AND (beyond = 0 OR (one = other
-- not_computable_if:   AND one NOT IN (SELECT country FROM destinations_of_concern) AND one NOT IN (SELECT country FROM hubs)))
-- parameter: least_share = 0.5 | of the lines of the same origin that the recipient gets while it uses the hub
-- source: FinCEN and BIS alerts; Wall Street Journal, February 2023
-- doc: Controlled goods that were made elsewhere come from a hub to a destination of concern, sold by a party that
-- doc: does not sit where they were made. The hub is the departure country, else the country of the sender, and is
-- doc: then marked as inferred. One finding has all that one recipient gets from one hub, whoever sends it.
-- doc: Who gets most of the same origin's goods straight from there at the same time, in the open, hides little by
-- doc: what comes through a hub: such routes are left out, unless least_share is 0. Direct trade before or after does
-- doc: not count, as one that turns to a hub when the straight way is closed is what is looked for.
-- doc: A file of one hub's imports ends in the hub: what arrives there from another hub counts as well, as the middle
-- doc: of a way whose end the data does not show, unless the data has goods leaving that hub.
-- doc: Wholesalers in hubs are often honest.
WITH last_seen AS (
  SELECT e.country
  FROM (SELECT source, min(destination) AS country FROM controlled_trades GROUP BY source
        HAVING min(destination) = max(destination)) e
  WHERE e.country IN (SELECT country FROM hubs)
    AND e.country NOT IN (SELECT country FROM destinations_of_concern)
    AND NOT EXISTS (SELECT 1 FROM controlled_trades o
                    WHERE coalesce(o.departure, o.sender_country) = e.country AND o.destination <> e.country)
),
routed AS (
  SELECT t.*, coalesce(t.departure, t.sender_country) AS hub,
    CASE WHEN t.departure IS NULL THEN ' (hub inferred from the sender)' ELSE '' END AS how
  FROM controlled_trades t
  WHERE t.origin IS NOT NULL
    AND t.origin NOT IN (SELECT country FROM destinations_of_concern)
    AND (t.destination IN (SELECT country FROM destinations_of_concern) OR t.destination IN (SELECT country FROM last_seen))
),
hubbed AS (
  SELECT r.*, r.origin || '>' || r.hub || '>' || coalesce(r.recipient, r.sender, '') || '>' || r.destination AS route
  FROM routed r
  WHERE coalesce(r.recipient, r.sender) IS NOT NULL AND r.hub IN (SELECT country FROM hubs)
    AND r.hub <> r.origin AND r.hub <> r.destination
    AND coalesce(r.sender_country, r.hub) <> r.origin
),
senders AS (
  SELECT route, count(DISTINCT sender) AS n, min(sender_name) AS one, min(origin) AS origin, min(recipient) AS recipient,
    min(destination) AS destination, min(day) AS first_day, max(day) AS last_day, CAST(count(*) AS DOUBLE) AS line_count
  FROM hubbed GROUP BY route
),
straight AS (
  SELECT s.route, count(*) AS line_count
  FROM senders s JOIN routed r ON r.recipient = s.recipient AND r.origin = s.origin AND r.destination = s.destination
  WHERE r.hub = r.origin AND r.day >= s.first_day AND r.day <= s.last_day
  GROUP BY s.route
),
kept AS (
  SELECT s.* FROM senders s LEFT JOIN straight d ON d.route = s.route
  WHERE s.line_count >= :least_share * (s.line_count + coalesce(d.line_count, 0))
)
SELECT h.route AS subject,
  coalesce(s.one, h.hub) || CASE WHEN s.n > 1 THEN ' and others' ELSE '' END || ' > ' || coalesce(h.recipient_name, h.destination) AS subject_name,
  h.source, h.row_no, h.day,
  h.origin || ' to ' || h.destination || ' through ' || h.hub || h.how || ': '
    || CAST(count(*) OVER (PARTITION BY h.route) AS VARCHAR) || ' lines, '
    || coalesce(CAST(CAST(sum(CAST(h.value_usd AS DECIMAL(18, 2))) OVER (PARTITION BY h.route) AS DECIMAL(18, 0)) AS VARCHAR), 'unknown')
    || ' dollars, from ' || CAST(s.n AS VARCHAR) || ' senders'
    || CASE WHEN h.destination IN (SELECT country FROM last_seen) THEN '; where they went from ' || h.destination || ' the data does not show'
            ELSE '' END AS statistic
FROM hubbed h JOIN kept s ON s.route = h.route
