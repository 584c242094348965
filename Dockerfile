# One image for `mentoring run`, `mentoring run --http` and `mentoring work`.
#   docker build -t mentoring .
FROM python:3.13-slim AS built
WORKDIR /src
RUN python -m venv /venv
ENV PATH=/venv/bin:$PATH
# First the packages, by hash: they change rarely, and so this layer does.
COPY requirements/run.txt requirements/
RUN pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements/run.txt
COPY pyproject.toml README.md LICENSE manifest.yml ./
COPY bot bot
COPY handlers handlers
COPY messages messages
COPY storage storage
COPY mentoring mentoring
COPY playground playground
RUN pip install --no-cache-dir --disable-pip-version-check "setuptools>=80,<81" \
 && pip install --no-cache-dir --disable-pip-version-check --no-deps --no-build-isolation . \
 && pip uninstall --yes --disable-pip-version-check setuptools pip

FROM python:3.13-slim
RUN useradd --system --uid 10001 --create-home --home-dir /data mentoring
COPY --from=built /venv /venv
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    LISTEN_ON=0.0.0.0:3000 \
    LOG_FORMAT=json \
    DATABASE_URL=sqlite:////data/mentoring.db
USER mentoring
WORKDIR /data
VOLUME /data
EXPOSE 3000
# Whether this process can do its work; compose asks the port of `run --http` too. See docs/operating.md.
HEALTHCHECK --interval=30s --timeout=10s --start-period=20s CMD ["mentoring", "healthy"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["mentoring"]
CMD ["run", "--http"]
