FROM node:22-slim
RUN apt-get update && apt-get install -y --no-install-recommends curl && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY server.mjs .
EXPOSE 80
# A dependency check: once, before the application starts.
CMD curl --fail --silent --show-error "$RNG_URL" && exec node server.mjs
