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
-- parameter: least_odds = 1.5 | odds of controlled goods to take the hub by those of other goods for the same country
-- parameter: least_others = 100 | lines of other goods that are compared: of the same origin or, where there are fewer, of all
-- source: FinCEN and BIS alerts; Wall Street Journal, February 2023
-- doc: Controlled goods that were made elsewhere come from a hub to a destination of concern, sold by a party that
-- doc: does not sit where they were made. The hub is the departure country, else the country of the sender, and is
-- doc: then marked as inferred. One finding has all that one recipient gets from one hub, whoever sends it.
-- doc: Who gets most of the same origin's goods straight from there at the same time, in the open, hides little by
-- doc: what comes through a hub: such routes are left out, unless least_share is 0. Direct trade before or after does
-- doc: not count, as one that turns to a hub when the straight way is closed is what is looked for.
-- doc: A file of one hub's imports ends in the hub: what arrives there from another hub counts as well, as the middle
-- doc: of a way whose end the data does not show, unless the data has goods leaving that hub.
-- doc: Where the other goods for the same country take the same hub as often, it is the usual way and no recipient
-- doc: stands out: the way is then one finding.
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
),
-- How other goods travel, where their departure is stated.
other_ways AS (
  SELECT origin, departure AS hub, destination, count(*) AS n FROM trades
  WHERE NOT controlled AND origin IS NOT NULL AND departure IS NOT NULL AND destination IN (SELECT destination FROM hubbed)
  GROUP BY origin, departure, destination
),
ends AS (SELECT DISTINCT origin, hub, destination FROM hubbed),
-- Of the same origin or, where too few come from there, of all but the hub's own.
other_shares AS (
  SELECT e.origin, e.hub, e.destination, 1 AS place,
    avg(CASE WHEN w.hub = e.hub THEN 1.0 ELSE 0.0 END * w.n) / avg(w.n) AS share, sum(w.n) AS all_n
  FROM ends e JOIN other_ways w ON w.destination = e.destination AND w.origin = e.origin
  GROUP BY e.origin, e.hub, e.destination
  UNION ALL
  SELECT e.origin, e.hub, e.destination, 2 AS place,
    avg(CASE WHEN w.hub = e.hub THEN 1.0 ELSE 0.0 END * w.n) / avg(w.n) AS share, sum(w.n) AS all_n
  FROM ends e JOIN other_ways w ON w.destination = e.destination AND w.origin <> e.hub
  GROUP BY e.origin, e.hub, e.destination
),
compared AS (
  SELECT s.*, row_number() OVER (PARTITION BY origin, hub, destination ORDER BY place) AS choice
  FROM other_shares s WHERE all_n >= :least_others
),
ways AS (SELECT origin, hub, destination, count(*) AS n FROM routed GROUP BY origin, hub, destination),
way_shares AS (
  SELECT origin, hub, destination, n / sum(n) OVER (PARTITION BY origin, destination) AS share FROM ways
),
usual AS (
  SELECT o.origin, o.hub, o.destination, w.share, o.share AS other_share
  FROM compared o JOIN way_shares w ON w.origin = o.origin AND w.hub = o.hub AND w.destination = o.destination
  WHERE o.choice = 1 AND w.share * (1 - o.share) < :least_odds * o.share * (1 - w.share)
),
found AS (
  SELECT h.*, s.one, s.n, u.share, u.other_share FROM hubbed h JOIN kept s ON s.route = h.route
  LEFT JOIN usual u ON u.origin = h.origin AND u.hub = h.hub AND u.destination = h.destination
)
SELECT h.route AS subject,
  coalesce(h.one, h.hub) || CASE WHEN h.n > 1 THEN ' and others' ELSE '' END || ' > ' || coalesce(h.recipient_name, h.destination) AS subject_name,
  h.source, h.row_no, h.day,
  h.origin || ' to ' || h.destination || ' through ' || h.hub || h.how || ': '
    || CAST(count(*) OVER (PARTITION BY h.route) AS VARCHAR) || ' lines, '
    || coalesce(CAST(CAST(sum(CAST(h.value_usd AS DECIMAL(18, 2))) OVER (PARTITION BY h.route) AS DECIMAL(18, 0)) AS VARCHAR), 'unknown')
    || ' dollars, from ' || CAST(h.n AS VARCHAR) || ' senders'
    || CASE WHEN h.destination IN (SELECT country FROM last_seen) THEN '; where they went from ' || h.destination || ' the data does not show'
            ELSE '' END AS statistic, 'route' AS subject_kind
FROM found h WHERE h.share IS NULL
UNION ALL
SELECT h.origin || '>' || h.hub || '>' || h.destination AS subject, h.origin || ' > ' || h.hub || ' > ' || h.destination AS subject_name,
  h.source, h.row_no, h.day,
  CAST(count(*) OVER (PARTITION BY h.origin, h.hub, h.destination) AS VARCHAR) || ' lines of controlled goods; '
    || CAST(CAST(h.share * 100 AS DECIMAL(18, 0)) AS VARCHAR) || '% of such goods take this hub, and '
    || CAST(CAST(h.other_share * 100 AS DECIMAL(18, 0)) AS VARCHAR) || '% of the others: the usual way, which says nothing about a recipient' AS statistic,
  'route' AS subject_kind
FROM found h WHERE h.share IS NOT NULL
