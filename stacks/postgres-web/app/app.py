import os
from pathlib import Path

import pg8000.dbapi
from flask import Flask, request

app = Flask(__name__)


def connect():
    return pg8000.dbapi.connect(
        host=os.environ["DB_HOST"],
        user=os.environ["DB_USER"],
        database=os.environ["DB_NAME"],
        password=Path(os.environ["DB_PASSWORD_FILE"]).read_text().strip(),
        timeout=3,
    )


def query(sql, values=()):
    connection = connect()
    try:
        cursor = connection.cursor()
        cursor.execute(sql, values)
        rows = cursor.fetchall() if cursor.description else []
        connection.commit()
        return rows
    finally:
        connection.close()


@app.get("/")
def products():
    return "".join(f"{name}\n" for (name,) in query("SELECT name FROM products ORDER BY id"))


@app.post("/")
def add():
    query("INSERT INTO products (name) VALUES (%s)", [request.get_data(as_text=True)])
    return "added\n"


@app.get("/health")
def health():
    query("SELECT 1")
    return "ok\n"


# It needs the database from the start: without it, this is the end of the process.
connect().close()
