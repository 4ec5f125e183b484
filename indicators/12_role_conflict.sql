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
  SELECT manufacturer_entity AS maker, 1 AS n FROM lines WHERE manufacturer_entity IS NOT NULL
  UNION ALL
  SELECT brand_owner_entity AS maker, 1 AS n FROM lines WHERE brand_owner_entity IS NOT NULL
  UNION ALL
  SELECT entity AS maker, line_count AS n FROM brand_makers
),
makers AS (SELECT maker FROM made GROUP BY maker HAVING sum(n) >= :least_own),
own_brands AS (SELECT DISTINCT entity AS maker, brand FROM brand_makers),
handled AS (
  SELECT source, row AS row_no, 'agent' AS role, agent_entity AS party, agent AS party_name FROM lines WHERE agent_entity IS NOT NULL
  UNION ALL
  SELECT source, row AS row_no, 'customs broker' AS role, customs_broker_entity AS party, customs_broker AS party_name FROM lines
  WHERE customs_broker_entity IS NOT NULL
  UNION ALL
  SELECT source, row AS row_no, 'forwarder' AS role, forwarder_entity AS party, forwarder AS party_name FROM lines WHERE forwarder_entity IS NOT NULL
  UNION ALL
  SELECT source, row AS row_no, 'carrier' AS role, carrier_entity AS party, carrier AS party_name FROM lines WHERE carrier_entity IS NOT NULL
  UNION ALL
  SELECT source, row AS row_no, 'declarant' AS role, declarant_entity AS party, declarant AS party_name FROM lines WHERE declarant_entity IS NOT NULL
  UNION ALL
  SELECT source, row AS row_no, 'shipper' AS role, shipper_entity AS party, shipper AS party_name FROM lines
  WHERE shipper_entity IS NOT NULL AND coalesce(exporter_entity, supplier_entity, seller_entity) <> shipper_entity
  UNION ALL
  SELECT source, row AS row_no, 'notify party' AS role, notify_party_entity AS party, notify_party AS party_name FROM lines
  WHERE notify_party_entity IS NOT NULL
),
conflicts AS (
  SELECT h.source, h.row_no, h.role, h.party, h.party_name, l.brand, l.date AS day
  FROM handled h
  JOIN makers m ON m.maker = h.party
  JOIN lines l ON l.source = h.source AND l.row = h.row_no
  WHERE l.brand IS NOT NULL
    AND l.manufacturer_entity IS DISTINCT FROM h.party AND l.brand_owner_entity IS DISTINCT FROM h.party
    AND NOT EXISTS (SELECT 1 FROM own_brands o WHERE o.maker = h.party AND o.brand = lower(l.brand))
)
SELECT party AS subject, party_name AS subject_name, source, row_no, day,
  'a maker, named as ' || min(role) OVER (PARTITION BY party) || ' of goods of '
    || min(brand) OVER (PARTITION BY party)
    || CASE WHEN max(brand) OVER (PARTITION BY party) <> min(brand) OVER (PARTITION BY party) THEN ' and others' ELSE '' END AS statistic
FROM conflicts
