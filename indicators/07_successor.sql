-- id: 7
-- key: successor
-- title: Successor of a party that stopped
-- subject: pair
-- needs: importer|consignee|buyer|end_user|exporter|supplier|shipper|seller
-- parameter: days_apart = 90 | between the last line of one and the first of the other, either way
-- parameter: least_lines = 3 | of controlled goods, of each
-- parameter: jaccard = 0.5 | shared trading partners among all of both
-- parameter: cosine = 0.8 | likeness of the goods by subheading
-- parameter: most_clients = 20 | a declarant, an address or a partner of more parties says nothing
-- parameter: least_shared = 1 | partners in common, when neither address nor declarant agrees
-- parameter: least_signs = 2 | how many of: partners, address, declarant, goods
-- source: method of the New York Times, 2024 (registry and domains); thresholds are this project's
-- doc: One party stops and another begins within three months with the same partners, address, declarant or goods.
-- doc: The firm may have been renamed or sold.
WITH sides AS (
  SELECT 'in' AS side, recipient AS party, recipient_name AS party_name, sender AS partner,
    -- Who declares works for the importer on import and for the exporter on export.
    CASE WHEN direction IS DISTINCT FROM 'export' THEN declarant END AS declarant, hs6, day, source, row_no
  FROM controlled_trades WHERE recipient IS NOT NULL
  UNION ALL
  SELECT 'out' AS side, sender AS party, sender_name AS party_name, recipient AS partner,
    CASE WHEN direction = 'export' THEN declarant END AS declarant, hs6, day, source, row_no
  FROM controlled_trades WHERE sender IS NOT NULL
),
lives AS (
  SELECT side, party, min(day) AS first_day, max(day) AS last_day, count(*) AS line_count, count(DISTINCT partner) AS partners
  FROM sides GROUP BY side, party HAVING count(*) >= :least_lines
),
stopped AS (
  SELECT l.* FROM lives l CROSS JOIN data_window w WHERE l.last_day + :days_apart <= w.last_day
),
started AS (
  SELECT l.* FROM lives l CROSS JOIN data_window w WHERE l.first_day >= w.first_day + :days_apart
),
addresses AS (
  SELECT DISTINCT p.entity AS party, p.address_key AS address FROM party_addresses p
),
shared_addresses AS (
  SELECT address FROM addresses GROUP BY address HAVING count(DISTINCT party) BETWEEN 2 AND :most_clients
),
declarants AS (
  SELECT side, declarant FROM sides WHERE declarant IS NOT NULL GROUP BY side, declarant
  HAVING count(DISTINCT party) BETWEEN 2 AND :most_clients
),
partners AS (
  SELECT side, partner FROM sides WHERE partner IS NOT NULL GROUP BY side, partner
  HAVING count(DISTINCT party) BETWEEN 2 AND :most_clients
),
-- What two parties may have in common; only parties that share one of these are compared.
links AS (
  SELECT DISTINCT s.side, s.party, 'p' || s.partner AS link FROM sides s
  JOIN partners p ON p.side = s.side AND p.partner = s.partner
  UNION
  SELECT l.side, a.party, 'a' || a.address AS link FROM lives l JOIN addresses a ON a.party = l.party
  JOIN shared_addresses h ON h.address = a.address
  UNION
  SELECT DISTINCT s.side, s.party, 'd' || s.declarant AS link FROM sides s
  JOIN declarants d ON d.side = s.side AND d.declarant = s.declarant AND s.declarant <> s.party
),
old_links AS (SELECT k.*, o.first_day, o.last_day, o.partners FROM links k JOIN stopped o ON o.side = k.side AND o.party = k.party),
new_links AS (SELECT k.*, n.first_day, n.last_day, n.partners FROM links k JOIN started n ON n.side = k.side AND n.party = k.party),
pairs AS (
  SELECT a.side, a.party AS old_party, b.party AS new_party,
    max(a.last_day) AS stop_day, max(b.first_day) AS start_day, max(a.partners) AS old_partners, max(b.partners) AS new_partners,
    count(CASE WHEN a.link LIKE 'p%' THEN 1 END) AS shared_partners,
    max(CASE WHEN a.link LIKE 'a%' THEN 1 ELSE 0 END) AS same_address,
    max(CASE WHEN a.link LIKE 'd%' THEN 1 ELSE 0 END) AS same_declarant
  FROM old_links a JOIN new_links b ON b.side = a.side AND b.link = a.link AND b.party <> a.party
    AND b.first_day BETWEEN a.last_day - :days_apart AND a.last_day + :days_apart
    AND b.first_day > a.first_day AND b.last_day > a.last_day
  GROUP BY a.side, a.party, b.party
),
vectors AS (SELECT side, party, hs6, CAST(count(*) AS DOUBLE) AS n FROM sides GROUP BY side, party, hs6),
norms AS (SELECT side, party, sqrt(sum(n * n)) AS norm FROM vectors GROUP BY side, party),
likeness AS (
  SELECT p.side, p.old_party, p.new_party, sum(a.n * b.n) / max(na.norm * nb.norm) AS cosine
  FROM pairs p
  JOIN vectors a ON a.side = p.side AND a.party = p.old_party
  JOIN vectors b ON b.side = p.side AND b.party = p.new_party AND b.hs6 = a.hs6
  JOIN norms na ON na.side = p.side AND na.party = p.old_party
  JOIN norms nb ON nb.side = p.side AND nb.party = p.new_party
  GROUP BY p.side, p.old_party, p.new_party
),
judged AS (
  SELECT p.*,
    CASE WHEN CAST(p.shared_partners AS DOUBLE) / (p.old_partners + p.new_partners - p.shared_partners) >= :jaccard THEN 1 ELSE 0 END AS same_partners,
    CASE WHEN coalesce(l.cosine, 0) >= :cosine THEN 1 ELSE 0 END AS same_goods
  FROM pairs p LEFT JOIN likeness l ON l.side = p.side AND l.old_party = p.old_party AND l.new_party = p.new_party
),
found AS (
  SELECT * FROM judged
  -- Goods alone are no tie: whoever deals in drones deals in the same subheadings.
  WHERE same_partners + same_address + same_declarant + same_goods >= :least_signs
    AND (same_address + same_declarant >= 1 OR (same_partners = 1 AND shared_partners >= :least_shared))
)
SELECT f.old_party || '|' || f.new_party AS subject, s.party_name AS subject_name, s.source, s.row_no, s.day,
  'one stopped ' || CAST(f.stop_day AS VARCHAR) || ', the other began ' || CAST(f.start_day AS VARCHAR) || '; '
    || CAST(f.shared_partners AS VARCHAR) || ' partners in common'
    || CASE WHEN f.same_address = 1 THEN ', same address' ELSE '' END
    || CASE WHEN f.same_declarant = 1 THEN ', same declarant' ELSE '' END
    || CASE WHEN f.same_goods = 1 THEN ', same goods' ELSE '' END AS statistic
FROM found f JOIN sides s ON s.side = f.side AND s.party IN (f.old_party, f.new_party)
