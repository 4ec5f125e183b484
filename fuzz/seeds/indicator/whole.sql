-- key: a
-- title: t
-- subject: party
-- needs: hs, x|y
-- window: 12, 0
-- parameter: n = 5 | how many
SELECT :n, ':n', 1::INTEGER -- :n
