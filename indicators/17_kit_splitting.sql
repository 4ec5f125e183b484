-- id: 17
-- key: kit-splitting
-- title: The parts of a drone within a fortnight
-- subject: party
-- needs: description, importer|consignee|buyer|end_user
-- parameter: days = 14 | length of the window
-- parameter: least_parts = 4 | different parts of a drone in it
-- source: practice of drone workshops; definition of this project
-- doc: One consignee receives at least four of frame, motor, speed controller, flight controller, camera or gimbal,
-- doc: radio, battery and propeller within a fortnight. Honest dealers in parts do so all the time.
WITH parts AS (
  SELECT recipient, recipient_name, source, row_no, day,
    CASE WHEN component_class = 'gimbal' THEN 'camera' ELSE component_class END AS part
  FROM controlled_trades
  WHERE recipient IS NOT NULL AND day IS NOT NULL AND component_class IN
    ('frame', 'motor', 'esc', 'flight_controller', 'camera', 'gimbal', 'radio', 'battery', 'propeller')
),
starts AS (SELECT DISTINCT recipient, day FROM parts),
windows AS (
  SELECT s.recipient, s.day AS first_day, count(DISTINCT p.part) AS part_count
  FROM starts s JOIN parts p ON p.recipient = s.recipient AND p.day >= s.day AND p.day < s.day + :days
  GROUP BY s.recipient, s.day HAVING count(DISTINCT p.part) >= :least_parts
),
found AS (
  SELECT DISTINCT p.recipient, p.recipient_name, p.source, p.row_no, p.day
  FROM windows w JOIN parts p ON p.recipient = w.recipient AND p.day >= w.first_day AND p.day < w.first_day + :days
),
best AS (SELECT recipient, max(part_count) AS most, min(first_day) AS first_day FROM windows GROUP BY recipient)
SELECT f.recipient AS subject, f.recipient_name AS subject_name, f.source, f.row_no, f.day,
  CAST(b.most AS VARCHAR) || ' of 8 parts of a drone within ' || CAST(:days AS VARCHAR) || ' days, first from '
    || CAST(b.first_day AS VARCHAR) AS statistic
FROM found f JOIN best b ON b.recipient = f.recipient
