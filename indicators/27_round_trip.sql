-- id: 27
-- key: round-trip
-- title: Out to a hub, and back or on
-- subject: route
-- needs: quantity, departure|exporter|supplier|shipper|seller, destination
-- not_computable_if: SELECT 'the data shows goods leaving for a hub, or leaving it, and not both' AS reason
-- not_computable_if: WHERE NOT EXISTS (SELECT 1 FROM legs a JOIN legs b ON b.from_country = a.to_country
-- not_computable_if:   WHERE a.to_country IN (SELECT country FROM hubs))
-- parameter: days = 180 | from the first leg to the second
-- parameter: most_candidates = 3 | a consignment with more possible continuations is of a usual size, and proves nothing
-- source: definition of this project
-- doc: The same model in the same quantity leaves a country for a hub, and leaves the hub within half a year, back to
-- doc: where it came from or to a destination of concern, sent by whoever received it or, where that is not shown, by
-- doc: anybody. Without serial numbers the link is G2 at best; usual quantities of usual models agree by chance.
WITH pairs AS (
  SELECT a.article, a.quantity, a.from_country AS home, a.to_country AS hub, b.to_country AS goal,
    a.source AS a_source, a.row_no AS a_row, a.day AS a_day, b.source AS b_source, b.row_no AS b_row, b.day AS b_day,
    coalesce(a.recipient, b.sender) AS middle, coalesce(a.recipient_name, b.sender_name) AS middle_name
  FROM legs a JOIN legs b ON b.article = a.article AND b.quantity = a.quantity AND b.from_country = a.to_country
    AND b.day > a.day AND b.day <= a.day + :days
  WHERE a.from_country <> a.to_country AND a.to_country IN (SELECT country FROM hubs)
    AND a.from_country NOT IN (SELECT country FROM destinations_of_concern)
    AND b.to_country <> b.from_country
    AND (b.to_country = a.from_country OR b.to_country IN (SELECT country FROM destinations_of_concern))
    AND (a.recipient IS NULL OR b.sender IS NULL OR a.recipient = b.sender)
),
ambiguous AS (
  SELECT p.*, count(*) OVER (PARTITION BY a_source, a_row) AS onward, count(*) OVER (PARTITION BY b_source, b_row) AS origins FROM pairs p
),
clear_pairs AS (SELECT * FROM ambiguous WHERE onward <= :most_candidates AND origins <= :most_candidates),
sides AS (
  SELECT p.*, a_source AS source, a_row AS row_no, a_day AS day FROM clear_pairs p
  UNION ALL
  SELECT p.*, b_source AS source, b_row AS row_no, b_day AS day FROM clear_pairs p
),
routes AS (
  SELECT home || '>' || hub || '>' || coalesce(middle || '>', '') || goal AS route, s.* FROM sides s
),
sums AS (
  SELECT route, sum(quantity) / 2 AS pieces FROM routes GROUP BY route
)
SELECT r.route AS subject, r.home || ' > ' || coalesce(r.middle_name || ', ', '') || r.hub || ' > ' || r.goal AS subject_name,
  r.source, r.row_no, r.day, 'G2' AS grade,
  CAST(CAST(s.pieces AS BIGINT) AS VARCHAR) || ' pieces, same model and quantity, from ' || r.home || ' to ' || r.hub || ' and on to ' || r.goal
    || ' within ' || CAST(:days AS VARCHAR) || ' days' AS statistic
FROM routes r JOIN sums s ON s.route = r.route
