# One image for the gateway and every subgraph; which one a container is, its command and environment say.
FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY packages packages
COPY subgraphs subgraphs
COPY gateway gateway
RUN npm ci
COPY . .
RUN node scripts/generate.ts && npm prune --omit=dev

FROM node:24-slim
ENV NODE_ENV=production NODE_COMPILE_CACHE=/tmp/node-compile-cache
WORKDIR /app
RUN mkdir -p /data/files /data/trust /data/verifications && chown -R node:node /data
COPY --from=build --chown=node:node /app /app
USER node
EXPOSE 8000
# What the gateway makes for a request is gone with the answer: in a young generation of this size little of it is copied about, too little to be shared out among threads.
CMD ["node", "--min-semi-space-size=16", "--no-parallel-scavenge", "gateway/src/main.ts"]
