ARG V=22
ARG TOKEN

FROM node:${V}-slim AS stage-0
WORKDIR /app
COPY package.json package-lock.json ./
RUN --mount=type=cache,target=/root/.npm,sharing=locked --mount=type=secret,id=npmrc,required=true npm ci

FROM --platform=linux/amd64 busybox:1.37 AS tool
RUN cp /bin/busybox /check

FROM stage-0 AS image
# The check utility:
# no curl in the image.
COPY --from=tool --chown=node:node --chmod=755 --link /check /usr/local/bin/wget
ADD --checksum=sha256:00 --keep-git-dir=true https://example.com/a.tgz /a/
ARG NAME="a b"
ARG OTHER
ENV GREETING="it's \"\$5\"" \
    PATH=/app/bin:${PATH} \
    DEBUG=false \
    EMPTY=""
LABEL org.opencontainers.image.title="an app" \
    "with blank"=1
COPY <<"EOF2" /etc/app.conf
a $b
EOF
EOF2
RUN --network=none <<"EOF"
set -e
echo one
echo two
EOF
RUN ["sh", "-c", "echo $HOME"]
RUN --security=insecure <<"EOF"
#!/usr/bin/env node
console.log(1)
EOF
RUN --mount=type=bind,from=tool,target=/t,source=/ cat /t/check
USER node
EXPOSE 80 53/udp
VOLUME ["/data", "/my data"]
STOPSIGNAL SIGINT
SHELL ["/bin/bash", "-ec"]
ONBUILD COPY . /app
ONBUILD RUN true
HEALTHCHECK --interval=5s --timeout=5s --start-period=30s --start-interval=500ms CMD ["timeout", "4", "sh", "-c", "set -f; set -- $(wget -q -Y off -t 1 -T 4 -S -O /dev/null http://127.0.0.1:80/ 2>&1); [ \"$2\" != 100 ] || shift 3; case $2 in 2??|3??) ;; *) echo \"${*:-no answer}\"; exit 1 ;; esac"]
ENTRYPOINT ["/entry", "$literal"]
CMD node server.mjs
