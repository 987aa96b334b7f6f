FROM node:22-slim AS http-check
WORKDIR /src
COPY http-check/ .
RUN node --check http-check.mjs

FROM node:22-slim
WORKDIR /app
COPY --from=http-check /src/http-check.mjs .
COPY web/server.mjs .
EXPOSE 80
# A dependency check: once, before the application starts.
CMD node http-check.mjs -c RNG_URL -t 900 && exec node server.mjs
