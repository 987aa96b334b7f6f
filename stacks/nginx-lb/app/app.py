import os
import time

from flask import Flask, request

app = Flask(__name__)


@app.get("/")
def index():
    # ?seconds=1 makes a request that is in flight for a while.
    time.sleep(float(request.args.get("seconds", 0)))
    return f"{os.environ['APP_NAME']}\n"


@app.get("/health")
def health():
    return "ok\n"
