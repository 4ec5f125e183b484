-- id: 12
-- key: role-conflict
-- title: A maker named as handler of another brand's goods (data quality, never a risk)
-- subject: party
-- needs: manufacturer|brand_owner|exporter|supplier|shipper, agent|customs_broker|forwarder|carrier|declarant|notify_party
-- parameter: least_own = 2 | lines in which the party is named as maker of its own brand, or sends it under its name
-- source: the reply of a maker to a newspaper, 2023: a database named it as shipping agent of its competitors
-- doc: A party that is maker or brand owner in some lines and agent, broker, forwarder, carrier, declarant, notify
-- doc: party or shipper for another seller of goods of another brand in others: mostly a column that the data
-- doc: vendor mapped wrongly. It says something about the data and nothing about the party.
WITH made AS (
  SELECT manufacturer_entity AS maker, 1 AS n FROM covered_lines WHERE manufacturer_entity IS NOT NULL
  UNION ALL
  SELECT brand_owner_entity AS maker, 1 AS n FROM covered_lines WHERE brand_owner_entity IS NOT NULL
  UNION ALL
  SELECT entity AS maker, line_count AS n FROM brand_makers
),
makers AS (SELECT maker FROM made GROUP BY maker HAVING sum(n) >= :least_own),
own_brands AS (SELECT DISTINCT entity AS maker, brand FROM brand_makers),
-- Lines that name a brand: few among many.
branded AS (
  SELECT source, row AS row_no, date AS day, brand, manufacturer_entity, brand_owner_entity, exporter_entity, supplier_entity, seller_entity,
    agent, agent_entity,
    customs_broker, customs_broker_entity,
    forwarder, forwarder_entity,
    carrier, carrier_entity,
    declarant, declarant_entity,
    shipper, shipper_entity,
    notify_party, notify_party_entity
  FROM covered_lines WHERE brand IS NOT NULL
),
handled AS (
  SELECT b.*, 'agent' AS role, agent_entity AS party, agent AS party_name FROM branded b WHERE agent_entity IS NOT NULL
  UNION ALL
  SELECT b.*, 'customs broker' AS role, customs_broker_entity AS party, customs_broker AS party_name FROM branded b WHERE customs_broker_entity IS NOT NULL
  UNION ALL
  SELECT b.*, 'forwarder' AS role, forwarder_entity AS party, forwarder AS party_name FROM branded b WHERE forwarder_entity IS NOT NULL
  UNION ALL
  SELECT b.*, 'carrier' AS role, carrier_entity AS party, carrier AS party_name FROM branded b WHERE carrier_entity IS NOT NULL
  UNION ALL
  SELECT b.*, 'declarant' AS role, declarant_entity AS party, declarant AS party_name FROM branded b WHERE declarant_entity IS NOT NULL
  UNION ALL
  SELECT b.*, 'shipper' AS role, shipper_entity AS party, shipper AS party_name FROM branded b WHERE shipper_entity IS NOT NULL AND coalesce(exporter_entity, supplier_entity, seller_entity) <> shipper_entity
  UNION ALL
  SELECT b.*, 'notify party' AS role, notify_party_entity AS party, notify_party AS party_name FROM branded b WHERE notify_party_entity IS NOT NULL
),
conflicts AS (
  SELECT h.source, h.row_no, h.role, h.party, h.party_name, h.brand, h.day
  FROM handled h
  JOIN makers m ON m.maker = h.party
  WHERE h.manufacturer_entity IS DISTINCT FROM h.party AND h.brand_owner_entity IS DISTINCT FROM h.party
    AND NOT EXISTS (SELECT 1 FROM own_brands o WHERE o.maker = h.party AND o.brand = lower(h.brand))
)
SELECT party AS subject, party_name AS subject_name, source, row_no, day,
  'a maker, named as ' || min(role) OVER (PARTITION BY party) || ' of goods of '
    || min(brand) OVER (PARTITION BY party)
    || CASE WHEN max(brand) OVER (PARTITION BY party) <> min(brand) OVER (PARTITION BY party) THEN ' and others' ELSE '' END AS statistic
FROM conflicts
