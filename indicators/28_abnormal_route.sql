-- id: 28
-- key: abnormal-route
-- title: A way round that hardly anybody takes
-- subject: route
-- needs: origin, departure, destination, hs
-- not_computable_if: SELECT 'departure is always the origin: the data shows no way round' AS reason
-- not_computable_if: WHERE NOT EXISTS (SELECT 1 FROM controlled_trades WHERE departure <> origin AND departure <> destination)
-- parameter: most_share = 0.01 | of the lines of the same chapter between the same countries
-- parameter: least_lines = 100 | such lines
-- parameter: least_detour = 2.0 | both legs by the straight way
-- source: BIS, thirteen red flags, no. 11
-- doc: Controlled goods travel by a country that less than a hundredth of the same chapter's lines between the same
-- doc: two countries travel by, and the way is at least twice as long as the straight one. No layout carries ports:
-- doc: the legs run between the countries' main places (table places), so that neighbours are judged roughly.
WITH ways AS (
  SELECT origin, departure, destination, hs2, count(*) AS n FROM trades
  WHERE origin IS NOT NULL AND departure IS NOT NULL AND destination IS NOT NULL AND hs2 IS NOT NULL
  GROUP BY origin, departure, destination, hs2
),
shares AS (
  SELECT w.*, sum(n) OVER (PARTITION BY origin, destination, hs2) AS all_n FROM ways w
),
spots AS (
  SELECT country, radians(CAST(latitude AS DOUBLE)) AS lat, radians(CAST(longitude AS DOUBLE)) AS lon FROM places
),
legs_between AS (
  SELECT a.country AS one, b.country AS other,
    2 * 6371 * asin(sqrt(least(1.0, power(sin((b.lat - a.lat) / 2), 2) + cos(a.lat) * cos(b.lat) * power(sin((b.lon - a.lon) / 2), 2)))) AS km
  FROM spots a CROSS JOIN spots b
),
odd AS (
  SELECT s.*, (x.km + y.km) / nullif(z.km, 0) AS detour
  FROM shares s
  JOIN legs_between x ON x.one = s.origin AND x.other = s.departure
  JOIN legs_between y ON y.one = s.departure AND y.other = s.destination
  JOIN legs_between z ON z.one = s.origin AND z.other = s.destination
  WHERE s.all_n >= :least_lines AND s.n < :most_share * s.all_n
)
SELECT r.origin || '>' || r.departure || '>' || coalesce(r.sender || '>', '') || coalesce(r.recipient || '>', '') || r.destination AS subject,
  coalesce(r.sender_name, r.departure) || ' > ' || coalesce(r.recipient_name, r.destination) AS subject_name, r.source, r.row_no, r.day,
  r.origin || ' to ' || r.destination || ' by ' || r.departure || ': ' || CAST(CAST(o.detour AS DECIMAL(18, 1)) AS VARCHAR)
    || ' times the straight way, ' || CAST(o.n AS VARCHAR) || ' of ' || CAST(CAST(o.all_n AS BIGINT) AS VARCHAR) || ' lines of chapter ' || o.hs2 AS statistic
FROM odd o JOIN controlled_trades r ON r.origin = o.origin AND r.departure = o.departure AND r.destination = o.destination AND r.hs2 = o.hs2
WHERE o.detour >= :least_detour
