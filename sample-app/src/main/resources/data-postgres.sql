INSERT INTO world (id, randomnumber)
SELECT i, 1 + floor(random() * 10000) FROM generate_series(1, 10000) AS i
ON CONFLICT DO NOTHING;
