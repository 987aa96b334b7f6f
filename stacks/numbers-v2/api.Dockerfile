FROM node:22-slim
RUN apt-get update && apt-get install -y --no-install-recommends curl && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY server.mjs .
EXPOSE 80
HEALTHCHECK CMD curl --fail --silent --show-error http://127.0.0.1/health
CMD ["node", "server.mjs"]
