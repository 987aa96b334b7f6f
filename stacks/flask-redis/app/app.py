import os

import redis
from flask import Flask

app = Flask(__name__)
store = redis.Redis(host=os.environ["REDIS_HOST"], decode_responses=True)


@app.get("/")
def visit():
    return f"visit {store.incr('hits')}\n"


@app.get("/health")
def health():
    store.ping()
    return "ok\n"
