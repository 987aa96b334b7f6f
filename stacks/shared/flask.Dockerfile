# Any Flask application: app.py with `app` in it, and requirements.txt. gunicorn ends as it should: on SIGTERM it
# takes no new connections and answers the requests that it has.
FROM python:3.13-slim
WORKDIR /app
COPY requirements.txt .
RUN pip install --no-cache-dir --root-user-action ignore -r requirements.txt
COPY . .
EXPOSE 5000
CMD ["gunicorn", "--bind", "0.0.0.0:5000", "--threads", "8", "--worker-tmp-dir", "/dev/shm", "app:app"]
