from flask import Flask

app = Flask(__name__)
broken = False


@app.get("/")
def index():
    return "hello\n"


@app.get("/health")
def health():
    return ("out of order\n", 500) if broken else "ok\n"


@app.post("/break")
def break_it():
    global broken
    broken = True
    return "broken\n"
