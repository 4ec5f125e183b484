-- id: 12
-- key: role-conflict
-- title: A maker named as handler of another brand's goods (data quality, never a risk)
-- subject: party
-- needs: manufacturer|brand_owner|exporter|supplier|shipper, agent|customs_broker|forwarder|carrier|declarant|notify_party
-- parameter: least_own = 2 | lines in which the party is named as maker of its own brand, or sends it under its name
-- parameter: least_controlled = 0.5 | share of controlled goods in what a seller sends that stands for a maker
-- source: the reply of a maker to a newspaper, 2023: a database named it as shipping agent of its competitors
-- doc: A party that is maker or brand owner in some lines and agent, broker, forwarder, carrier, declarant, notify
-- doc: party or shipper for another seller of goods of another brand in others: mostly a column that the data
-- doc: vendor mapped wrongly. Where no column names makers or brand owners, as in bills of lading, who sells drones or
-- doc: parts in its own name without another's brand, and deals in little else, stands for the maker, when it is shown
-- doc: as handler of another seller's branded goods from its own country: the handler sits at the other end. It says something about the data and nothing about the party.
WITH made AS (
  SELECT manufacturer_entity AS maker, 1 AS n FROM covered_lines WHERE manufacturer_entity IS NOT NULL
  UNION ALL
  SELECT brand_owner_entity AS maker, 1 AS n FROM covered_lines WHERE brand_owner_entity IS NOT NULL
  UNION ALL
  SELECT entity AS maker, line_count AS n FROM brand_makers
),
makers AS (SELECT maker FROM made GROUP BY maker HAVING sum(n) >= :least_own),
-- Only where nobody is named as maker.
sellers AS (
  SELECT t.sender AS party, min(p.country) AS country
  FROM trades t JOIN party_countries p ON p.entity = t.sender
  WHERE t.sender IN (SELECT sender FROM controlled_trades WHERE brand IS NULL GROUP BY sender HAVING count(*) >= :least_own)
    AND NOT EXISTS (SELECT 1 FROM coverage c WHERE c.field IN ('manufacturer', 'brand_owner'))
  GROUP BY t.sender
  HAVING count(t.brand) = 0 AND avg(CASE WHEN t.controlled THEN 1.0 ELSE 0.0 END) >= :least_controlled
    AND max(CASE WHEN t.origin = p.country THEN 0 ELSE 1 END) = 0
),
own_brands AS (SELECT DISTINCT entity AS maker, brand FROM brand_makers),
-- Lines that name a brand: few among many.
branded AS (
  SELECT source, row AS row_no, date AS day, brand, destination, manufacturer_entity, brand_owner_entity, exporter_entity, supplier_entity, seller_entity,
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
other_end AS (
  SELECT h.source, h.row_no, h.role, h.party, h.party_name, h.brand, h.day
  FROM handled h
  JOIN sellers s ON s.party = h.party
  JOIN party_countries o ON o.entity = coalesce(h.exporter_entity, h.supplier_entity, h.shipper_entity, h.seller_entity)
  WHERE o.entity <> h.party AND o.country = s.country AND h.destination <> s.country
    AND h.party NOT IN (SELECT maker FROM makers)
    AND NOT EXISTS (SELECT 1 FROM forwarder_words w
                    WHERE ' ' || translate(lower(h.party_name), '.,"()-/', '       ') || ' ' LIKE '%' || w.word || '%')
),
conflicts AS (
  SELECT h.source, h.row_no, h.role, h.party, h.party_name, h.brand, h.day
  FROM handled h
  JOIN makers m ON m.maker = h.party
  WHERE h.manufacturer_entity IS DISTINCT FROM h.party AND h.brand_owner_entity IS DISTINCT FROM h.party
    AND NOT EXISTS (SELECT 1 FROM own_brands o WHERE o.maker = h.party AND o.brand = lower(h.brand))
),
found AS (
  SELECT 'a maker, named as ' AS what, c.* FROM conflicts c
  UNION ALL
  SELECT 'sells parts of its own, named as ' AS what, o.* FROM other_end o
)
SELECT party AS subject, party_name AS subject_name, source, row_no, day,
  min(what) OVER (PARTITION BY party) || min(role) OVER (PARTITION BY party) || ' of goods of '
    || min(brand) OVER (PARTITION BY party)
    || CASE WHEN max(brand) OVER (PARTITION BY party) <> min(brand) OVER (PARTITION BY party) THEN ' and others' ELSE '' END AS statistic
FROM found
