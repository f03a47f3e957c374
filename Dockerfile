# Small, without root, and able to run on a read-only file system: only /app/data is written to. It holds no content: mount yours
# at /content, or name another folder in CONTENT_DIR. Without any, it stops and says so.
FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
# The image brings its own Node, so the 190 MB one for people's machines stays out.
RUN npm ci --omit=dev --no-audit --no-fund && rm -rf node_modules/node node_modules/.bin/node

FROM node:24-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATA_DIR=/app/data CONTENT_DIR=/content
WORKDIR /app
COPY --from=build /app/node_modules node_modules
COPY package.json LICENSE ./
COPY bin bin
COPY src src
COPY commands commands
RUN mkdir data && chown node:node data
USER node
VOLUME /app/data
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/readyz').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# Not through npm, which doesn't pass on SIGTERM.
CMD ["node", "bin/briefing.js", "start"]
