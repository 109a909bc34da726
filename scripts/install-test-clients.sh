#!/usr/bin/env bash
# Installs the foreign programs that the tests talk to: python3-grpcio, python3-websockets, chromium, prometheus and
# libhdrhistogram-java with a JDK from Debian, @grpc/grpc-js, @grpc/proto-loader and ccxt from npm at the versions of
# tests/foreign/node/package-lock.json. What is there already stays.
# Needs root for the Debian packages, node and npm for the others.
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
cache="$root/artifacts/foreign/node"

missing=()
/usr/bin/python3 -c 'import grpc, websockets' 2>/dev/null || missing+=(python3-grpcio python3-websockets)
command -v javac >/dev/null || missing+=(default-jdk-headless)
command -v chromium >/dev/null || missing+=(chromium)
command -v promtool >/dev/null || missing+=(prometheus)
[ -f /usr/share/java/hdrhistogram.jar ] || missing+=(libhdrhistogram-java)
if [ "${#missing[@]}" -gt 0 ]; then
  apt-get update -qq
  export DEBIAN_FRONTEND=noninteractive
  apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi

if ! command -v npm >/dev/null; then
  echo "install-test-clients: npm is missing; install Node.js 18 or newer (Debian: apt-get install nodejs npm)" >&2
  exit 1
fi

mkdir -p "$cache"
if ! cmp -s "$root/tests/foreign/node/package-lock.json" "$cache/installed-lock.json"; then
  cp "$root/tests/foreign/node/package.json" "$root/tests/foreign/node/package-lock.json" "$cache/"
  (cd "$cache" && npm ci --no-audit --no-fund --ignore-scripts --loglevel=error)
  cp "$root/tests/foreign/node/package-lock.json" "$cache/installed-lock.json"
fi
