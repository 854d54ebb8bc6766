# copydesk as a command, in an image without a compiler. From a clone of the project:
#     docker build --tag copydesk .
#     docker run --rm --user "$(id -u):$(id -g)" --volume "$PWD:/data" copydesk check articles.jsonl --report report.html
FROM python:3.11-slim-bookworm AS build
WORKDIR /source
COPY . .
# The image has no C compiler: pip brings one for the build. The versions are those that ci/test uses, each by its hash.
# --ignore-installed: what builds and runs, such as packaging, is wanted in both places.
RUN python ci/pins.py install runtime -- --no-cache-dir --ignore-installed --prefix /installed

FROM python:3.11-slim-bookworm
COPY --from=build /installed /usr/local
USER 1000:1000
WORKDIR /data
ENTRYPOINT ["copydesk"]
CMD ["--help"]
