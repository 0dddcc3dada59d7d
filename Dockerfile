# The web server with the sample catalog, on a base without a shell: see docs/container.md.
#   docker build -t musicsched . && docker run --rm --read-only -p 8080:8080 musicsched
# A release pins both bases: --build-arg BUILD_DIGEST=@sha256:... --build-arg RUN_DIGEST=@sha256:...
ARG BUILD_DIGEST=""
ARG RUN_DIGEST=""

FROM debian:trixie-slim${BUILD_DIGEST} AS build
WORKDIR /source
COPY packages.txt ./
COPY tools/install_packages.sh tools/
RUN tools/install_packages.sh build javascript
COPY . .
RUN tools/stage_server.sh /stage

FROM gcr.io/distroless/base-nossl-debian13:nonroot${RUN_DIGEST}
ARG VERSION="0"
LABEL org.opencontainers.image.title="musicsched-server" \
      org.opencontainers.image.description="Schedules your to-dos and your music to the second: web page and HTTP API" \
      org.opencontainers.image.licenses="MIT AND Unicode-3.0 AND LGPL-2.1-or-later AND LGPL-2.1-only AND GPL-3.0-or-later WITH GCC-exception-3.1" \
      org.opencontainers.image.version="${VERSION}"
COPY --from=build /stage/ /
USER 65532:65532
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=4s --start-period=10s --retries=3 \
    CMD ["/usr/bin/musicsched-server", "--probe", "--port", "8080"]
ENTRYPOINT ["/usr/bin/musicsched-server"]
CMD ["--catalog", "/usr/share/musicsched/sample_songs.csv", "--site", "/usr/share/musicsched/site", \
    "--host", "0.0.0.0", "--port", "8080"]
