# docker build -t alumina .
# docker run --read-only --tmpfs /tmp --volume alumina:/var/lib/alumina --env-file .env --publish 127.0.0.1:3000:3000 alumina
ARG PYTHON=3.13-slim-bookworm

# Wheels alone are installed, each by its hash: there is no compiler here, and none is needed.
FROM python:${PYTHON} AS built
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /src
RUN python -m venv --without-pip /opt/alumina
COPY requirements.txt requirements-build.txt ./
RUN pip --python /opt/alumina/bin/python install --only-binary :all: --require-hashes --requirement requirements.txt \
    && pip install --only-binary :all: --require-hashes --requirement requirements-build.txt
COPY pyproject.toml README.md LICENSE ./
COPY bot bot
COPY handlers handlers
COPY data data
RUN pip wheel --no-deps --no-index --no-build-isolation --wheel-dir /wheels . \
    && pip --python /opt/alumina/bin/python install --no-deps --no-index /wheels/alumina-*.whl

FROM python:${PYTHON}
# What can install or build is left behind, and nobody can log in.
RUN pip uninstall --yes pip \
    && groupadd --system --gid 10001 alumina \
    && useradd --system --uid 10001 --gid 10001 --no-create-home --home-dir /var/lib/alumina --shell /usr/sbin/nologin alumina \
    && install --directory --owner=10001 --group=10001 --mode=0700 /var/lib/alumina
COPY --from=built /opt/alumina /opt/alumina
# Nothing is written but the SQLite file, and not even that where DATABASE_URL names a PostgreSQL. slack_sdk wants to know a
# home even of a user that has none.
ENV PATH=/opt/alumina/bin:$PATH \
    HOME=/var/lib/alumina \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    DATABASE_URL=sqlite:////var/lib/alumina/alumina.sqlite3 \
    PORT=3000
WORKDIR /var/lib/alumina
USER 10001:10001
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as web; web.urlopen(f'http://127.0.0.1:{os.environ[\"PORT\"]}/healthz', timeout=4)"]
ENTRYPOINT ["alumina"]
CMD ["serve"]
