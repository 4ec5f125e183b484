-- id: 8
-- key: shared-address
-- title: Many parties at one unit
-- subject: group
-- needs: importer|consignee|buyer|end_user|exporter|supplier|shipper|seller
-- not_computable_if: SELECT 'no address names a unit (room, office, flat) of a house' AS reason
-- not_computable_if: WHERE NOT EXISTS (SELECT 1 FROM party_addresses WHERE unit_level)
-- parameter: least_parties = 4 | trading parties at one unit-level address
-- parameter: times_usual = 3.0 | how many times the median number of parties at a unit
-- parameter: least_units = 20 | units without which it is not asked how many parties are usual
-- parameter: secretarial = 50 | with more than so many it is a secretarial office, and says so
-- parameter: listed_score = 0.97 | from which likeness on a party counts as the listed one
-- source: FinCEN, November 2023 (physically co-located parties)
-- doc: Several parties that trade, one of them at least in controlled goods, give the same room or office; or one
-- doc: that is listed does. Where most units have several parties, as when addresses are cut short, several are no sign. Secretarial offices, freight agents and families do that too.
WITH
-- Only who shares an address with another one is looked up among the traders.
homes AS (SELECT DISTINCT address_key, entity FROM party_addresses WHERE unit_level),
shared AS (SELECT address_key FROM homes GROUP BY address_key HAVING count(*) >= least(2, :least_parties)),
neighbours AS (
  SELECT h.address_key, h.entity FROM homes h WHERE h.address_key IN (SELECT address_key FROM shared)
),
traders AS (
  SELECT recipient AS party, max(recipient_name) AS party_name, max(CASE WHEN controlled THEN 1 ELSE 0 END) AS controlled
  FROM trades WHERE recipient IN (SELECT entity FROM neighbours) GROUP BY recipient
  UNION ALL
  SELECT sender AS party, max(sender_name) AS party_name, max(CASE WHEN controlled THEN 1 ELSE 0 END) AS controlled
  FROM trades WHERE sender IN (SELECT entity FROM neighbours) GROUP BY sender
),
parties_in_trade AS (SELECT party, max(party_name) AS party_name, max(controlled) AS controlled FROM traders GROUP BY party),
listed AS (SELECT DISTINCT entity AS party FROM party_hits WHERE identifier_agrees OR score >= :listed_score),
at_address AS (
  SELECT a.address_key, p.party, p.party_name, p.controlled, CASE WHEN l.party IS NULL THEN 0 ELSE 1 END AS listed
  FROM neighbours a
  JOIN parties_in_trade p ON p.party = a.entity
  LEFT JOIN listed l ON l.party = p.party
),
usual AS (
  SELECT CASE WHEN count(*) >= :least_units THEN median(degree) ELSE 1.0 END AS degree FROM (SELECT address_key, CAST(count(*) AS DOUBLE) AS degree FROM homes GROUP BY address_key) d
),
crowded AS (
  SELECT address_key, count(*) AS degree, max(listed) AS listed, min(party) AS first_party
  FROM at_address GROUP BY address_key
  HAVING max(controlled) = 1 AND (count(*) >= greatest(:least_parties, :times_usual * (SELECT degree FROM usual))
    OR (max(listed) = 1 AND count(*) >= 2))
),
members AS (
  SELECT a.party, a.party_name, c.* FROM at_address a JOIN crowded c ON c.address_key = a.address_key
),
named AS (
  SELECT address_key, min(party_name) AS one_name FROM members GROUP BY address_key
)
SELECT 'address-of-' || m.first_party AS subject, n.one_name || ' and others' AS subject_name, t.source, t.row_no, t.day,
  CASE WHEN m.degree > :secretarial THEN 'secretarial office: ' ELSE '' END
    || CAST(m.degree AS VARCHAR) || ' parties at one unit'
    || CASE WHEN m.listed = 1 THEN ', one of them listed' ELSE '' END
    || '; weight of the link ' || CAST(CAST(ln(2.0) / ln(2.0 + m.degree) AS DECIMAL(18, 2)) AS VARCHAR) AS statistic
FROM members m
JOIN named n ON n.address_key = m.address_key
JOIN (
  SELECT recipient AS party, source, row_no, day FROM controlled_trades
  UNION ALL
  SELECT sender AS party, source, row_no, day FROM controlled_trades
) t ON t.party = m.party
