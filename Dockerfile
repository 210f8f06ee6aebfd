# syntax=docker/dockerfile:1
# Pilcrow in a container: built with the network, run without it. See docs/server.md.

FROM python:3.11-slim-bookworm AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /opt/pilcrow
ENV PATH=/opt/pilcrow/bin:$PATH
WORKDIR /source
COPY constraints.txt ./
# The one large package by itself, so that it is fetched again only when its version changes. PyPI's own build of it
# brings gigabytes for graphics cards.
RUN pip install --extra-index-url https://download.pytorch.org/whl/cpu --constraint constraints.txt torch
COPY pyproject.toml README.md LICENSE ./
COPY index index/
COPY rag rag/
COPY ui ui/
COPY eval eval/
COPY sample sample/
RUN pip install --extra-index-url https://download.pytorch.org/whl/cpu --constraint constraints.txt '.[server,mcp]'

FROM python:3.11-slim-bookworm
# The folders are there before volumes take their places: a new volume takes over whom they belong to.
RUN useradd --system --uid 10001 --home-dir /library --shell /usr/sbin/nologin pilcrow \
    && install -d -o pilcrow -g pilcrow -m 0700 /library /keys /vectors
COPY --from=build /opt/pilcrow /opt/pilcrow
ENV PATH=/opt/pilcrow/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    HF_HUB_OFFLINE=1 \
    PILCROW_LIBRARY=/library
USER pilcrow
WORKDIR /library
VOLUME ["/library"]
EXPOSE 7870
STOPSIGNAL SIGTERM
# It is ready when every collection opens; what urlopen makes of a 503 ends the check with 1.
HEALTHCHECK --interval=30s --timeout=15s --start-period=180s --retries=3 \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:7870/readyz', timeout=10)"]
ENTRYPOINT ["pilcrow"]
CMD ["serve", "--host", "0.0.0.0", "--keys", "/keys/keys.json"]
