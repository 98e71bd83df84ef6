# The dashboard as an image: docker build -t nettoll . && docker run --read-only --tmpfs /tmp -p 8501:8501 nettoll
# In front of the public: deploy/compose.yaml.

ARG BASE=debian:12-slim

# Built here: the package and all that it needs, each by its hash, in one folder.
FROM ${BASE} AS build
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates python3 python3-venv
WORKDIR /src
COPY requirements.txt requirements-supply.txt ./
RUN python3 -m venv /tools && python3 -m venv --without-pip /opt/nettoll \
    && /tools/bin/pip install --no-cache-dir --require-hashes -r requirements-supply.txt \
    && /tools/bin/pip --python /opt/nettoll/bin/python install --no-cache-dir --require-hashes --only-binary :all: \
        -r requirements.txt
COPY . .
RUN /tools/bin/pip wheel --no-deps --no-build-isolation -w /wheel . \
    && /tools/bin/pip --python /opt/nettoll/bin/python install --no-deps --no-index /wheel/*.whl \
    && find /opt/nettoll/lib -depth -type d \( -name tests -o -name include \) -exec rm -r {} +

# The system beneath: Python, a user without rights, and no program that could install anything. The list of what is
# installed stays, for those who look the image through.
FROM ${BASE} AS system
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates python3 tzdata \
    && useradd --uid 10001 --no-create-home --home-dir /tmp --shell /usr/sbin/nologin nettoll \
    && rm -rf /usr/bin/apt* /usr/bin/dpkg* /usr/lib/apt /usr/lib/dpkg /usr/sbin/dpkg* /etc/apt /var/lib/apt /var/cache/* \
        /var/log/* /usr/share/doc /usr/share/man
COPY --from=build /opt/nettoll /opt/nettoll

FROM scratch
COPY --from=system / /
# MALLOC_ARENA_MAX: else every thread keeps its own freed memory. OPENBLAS_NUM_THREADS: else its threads wait for each
# other on busy cores. BROWSER_SERVER_ADDRESS: else a service elsewhere is asked for the address of this machine.
ENV PATH=/opt/nettoll/bin:/usr/bin:/bin HOME=/tmp LANG=C.UTF-8 PYTHONDONTWRITEBYTECODE=1 MALLOC_ARENA_MAX=2 \
    OPENBLAS_NUM_THREADS=1 STREAMLIT_SERVER_ADDRESS=0.0.0.0 STREAMLIT_SERVER_PORT=8501 \
    STREAMLIT_SERVER_HEADLESS=true STREAMLIT_BROWSER_SERVER_ADDRESS=localhost
USER 10001
WORKDIR /tmp
EXPOSE 8501
HEALTHCHECK --interval=10s --timeout=6s --start-period=30s CMD ["python", "-c", "import os, urllib.request as web; \
path = os.environ.get('STREAMLIT_SERVER_BASE_URL_PATH', '').strip('/'); \
web.urlopen(f'http://127.0.0.1:8501/{path}/_stcore/health' if path else 'http://127.0.0.1:8501/_stcore/health')"]
ENTRYPOINT ["nettoll"]
CMD ["dashboard"]
