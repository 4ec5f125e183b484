-- covered_lines are the lines with nothing but nulls for the roles that no source has, so that nobody reads them.
-- Codes are held against the controlled ones once each, not once a line and indicator.
CREATE TEMP TABLE controlled_codes AS
SELECT DISTINCT l.hs FROM (SELECT DISTINCT hs FROM lines WHERE hs IS NOT NULL) l
JOIN controlled_hs c ON l.hs LIKE c.hs || '%';
-- The ledger's lines as indicators see them: who sent and who received, whatever the file calls them. Roles stay
-- apart in the ledger; here the first one that is filled speaks for its side, and the order below is the rule.
CREATE TEMP VIEW trades AS
SELECT
  l.source, l.row AS row_no, l.date AS day, l.declaration, l.direction, l.procedure,
  l.hs, substr(l.hs, 1, 6) AS hs6, substr(l.hs, 1, 4) AS hs4, substr(l.hs, 1, 2) AS hs2,
  l.description, l.description_en, l.brand, l.model, l.component_class, l.vagueness, l.code_agreement,
  l.text_headings, l.text_heading_margin,
  l.quantity, l.unit, l.net_mass_kg, l.value_usd, l.origin, l.departure, l.destination,
  coalesce(l.exporter_entity, l.supplier_entity, l.shipper_entity, l.seller_entity, l.consignor_entity) AS sender,
  coalesce(l.exporter, l.supplier, l.shipper, l.seller, l.consignor) AS sender_name,
  coalesce(l.consignee_entity, l.importer_entity, l.buyer_entity, l.end_user_entity) AS recipient,
  coalesce(l.consignee, l.importer, l.buyer, l.end_user) AS recipient_name,
  l.declarant_entity AS declarant,
  (l.component_class IS NOT NULL AND l.component_class <> 'accessory')
    OR coalesce(l.hs IN (SELECT hs FROM controlled_codes), FALSE) AS controlled
FROM covered_lines l;
CREATE TEMP TABLE controlled_trades AS
SELECT t.*, p.country AS sender_country, p.basis AS sender_country_basis, r.country AS recipient_country
FROM trades t
LEFT JOIN party_countries p ON p.entity = t.sender
LEFT JOIN party_countries r ON r.entity = t.recipient
WHERE t.controlled;
-- Most lines are of other goods. What concerns dealers in controlled goods only begins with them, so that the other
-- lines are read once and not kept.
CREATE TEMP TABLE controlled_recipients AS SELECT DISTINCT recipient FROM controlled_trades WHERE recipient IS NOT NULL;
