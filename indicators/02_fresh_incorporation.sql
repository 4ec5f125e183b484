-- id: 2
-- key: fresh-incorporation
-- title: Fresh incorporation
-- subject: party
-- needs: importer|consignee|buyer|end_user|exporter|supplier|shipper|seller
-- not_computable_if: SELECT 'no register is loaded, or it names none of the parties: give one with --table company_registry=FILE' AS reason
-- not_computable_if: WHERE NOT EXISTS (SELECT 1 FROM party_incorporations)
-- parameter: since = DATE '2022-02-24' | a party incorporated on this day or later counts
-- parameter: most_days = 180 | or one whose first line of controlled goods came within so many days
-- source: FinCEN and BIS joint alert, May 2023; Nikkei on a firm founded in April 2022
-- doc: A party to controlled goods for a destination of concern or a hub that was founded after the control date, or
-- doc: shortly before its first such goods. Registers are looked up by number, else by name. New firms are common.
WITH sides AS (
  SELECT recipient AS party, recipient_name AS party_name, source, row_no, day, destination FROM controlled_trades WHERE recipient IS NOT NULL
  UNION ALL
  SELECT sender AS party, sender_name AS party_name, source, row_no, day, destination FROM controlled_trades WHERE sender IS NOT NULL
),
concerned AS (
  SELECT s.* FROM sides s
  WHERE s.destination IN (SELECT country FROM destinations_of_concern) OR s.destination IN (SELECT country FROM hubs)
),
firsts AS (SELECT party, min(day) AS first_day FROM concerned GROUP BY party),
fresh AS (
  SELECT f.party, f.first_day, i.incorporated
  FROM firsts f JOIN party_incorporations i ON i.entity = f.party
  WHERE i.incorporated >= :since OR (f.first_day >= i.incorporated AND f.first_day <= i.incorporated + :most_days)
)
SELECT c.party AS subject, c.party_name AS subject_name, c.source, c.row_no, c.day,
  'incorporated ' || CAST(f.incorporated AS VARCHAR) || ', first controlled goods ' || CAST(f.first_day AS VARCHAR) AS statistic
FROM fresh f JOIN concerned c ON c.party = f.party
