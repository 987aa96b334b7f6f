FROM node:22-slim AS http-check
WORKDIR /src
COPY http-check/ .
RUN node --check http-check.mjs

FROM node:22-slim
WORKDIR /app
COPY --from=http-check /src/http-check.mjs .
COPY api/server.mjs .
EXPOSE 80
HEALTHCHECK CMD ["node", "http-check.mjs", "-u", "http://127.0.0.1/health", "-t", "800"]
CMD ["node", "server.mjs"]
