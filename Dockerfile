# The hub as an image: docs/deployment.md. Build: docker build -t trellis .
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY . .
# Installing builds the styles, the browser's behaviors and the server; what only building needs is taken away again.
RUN npm ci --no-audit --no-fund && npm prune --omit=dev --ignore-scripts --no-audit --no-fund

FROM node:24-bookworm-slim
ENV NODE_ENV=production \
    NODE_OPTIONS=--enable-source-maps \
    HOST=0.0.0.0 \
    PORT=3000 \
    TRELLIS_DATA=/data
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY --from=build /app/migrations ./migrations
COPY --from=build /app/reference ./reference
COPY --from=build /app/demo ./demo
RUN install -d -o node -g node -m 700 /data
USER node
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
    CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/readyz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# The command line: docker compose exec hub node dist/server/cli.js help
CMD ["node", "dist/server/main.js", "--empty"]
