from fastapi import FastAPI

app = FastAPI()


@app.get("/")
def index():
    return {"greeting": "hello"}


@app.get("/health")
def health():
    return {"status": "ok"}
