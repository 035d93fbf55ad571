# syntax=docker/dockerfile:1

# Debian: the embedded PostgreSQL is built for glibc.
FROM node:24-bookworm-slim AS base
WORKDIR /app
COPY package.json package-lock.json ./

FROM base AS build
RUN npm ci --ignore-scripts
COPY . .
RUN npm run build

FROM base AS modules
RUN npm ci --omit=dev --ignore-scripts

FROM base
ENV NODE_ENV=production HOST=0.0.0.0 DATA_DIR=/data
COPY --from=modules /app/node_modules node_modules
COPY --from=build /app/dist dist
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 4000
# Ready: the database answers, its migrations are applied, and the process is not stopping.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.PORT || 4000) + '/readyz').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--max-semi-space-size=32", "dist/main.js"]
