CREATE TABLE products (id serial PRIMARY KEY, name text NOT NULL);
INSERT INTO products (name) VALUES ('lamp');
-- Stands for a migration that takes its time.
SELECT pg_sleep(5);
INSERT INTO products (name) VALUES ('table');
