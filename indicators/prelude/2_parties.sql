-- What several indicators ask about parties and about single legs of a way.
-- Dates of incorporation, by number and, where no number of the party is in the register, by name.
CREATE TEMP TABLE party_incorporations AS
WITH by_number AS (
  SELECT i.entity, min(CAST(r.incorporated AS DATE)) AS incorporated
  FROM party_identifiers i JOIN company_registry r ON r.identifier = i.value
  WHERE r.identifier <> '' GROUP BY i.entity
),
by_name AS (
  SELECT p.entity, min(CAST(r.incorporated AS DATE)) AS incorporated
  FROM parties p JOIN company_registry r ON lower(r.name) = lower(p.name) GROUP BY p.entity
)
SELECT * FROM by_number
UNION ALL
SELECT n.* FROM by_name n WHERE NOT EXISTS (SELECT 1 FROM by_number b WHERE b.entity = n.entity);
-- Who makes which brand: named as maker or brand owner of its goods, or bearing its name and sending its goods.
CREATE TEMP TABLE brand_makers AS
WITH made AS (
  SELECT manufacturer_entity AS entity, lower(brand) AS brand FROM covered_lines WHERE manufacturer_entity IS NOT NULL AND brand IS NOT NULL
  UNION ALL
  SELECT brand_owner_entity AS entity, lower(brand) AS brand FROM covered_lines WHERE brand_owner_entity IS NOT NULL AND brand IS NOT NULL
  UNION ALL
  SELECT sender AS entity, lower(brand) AS brand FROM trades
  WHERE sender IS NOT NULL AND length(brand) >= 3
    AND ' ' || translate(lower(sender_name), '.,"()-', '      ') || ' ' LIKE '% ' || lower(brand) || ' %'
)
SELECT entity, brand, count(*) AS line_count FROM made GROUP BY entity, brand;
-- One leg of a way: a consignment of a recognised model between two countries.
CREATE TEMP TABLE legs AS
SELECT source, row_no, day, brand || ' ' || model AS article, quantity, sender, sender_name, recipient, recipient_name,
  coalesce(departure, sender_country, origin) AS from_country, destination AS to_country
FROM controlled_trades
WHERE brand IS NOT NULL AND model IS NOT NULL AND quantity > 0 AND day IS NOT NULL AND destination IS NOT NULL;
