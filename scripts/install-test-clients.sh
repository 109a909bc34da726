#!/usr/bin/env bash
# Installs the foreign programs that the tests talk to: python3-grpcio, python3-protobuf, python3-websockets, chromium,
# the C++ gRPC library with its compilers, and libhdrhistogram-java with a JDK from Debian, @grpc/grpc-js,
# @grpc/proto-loader and ccxt from npm at the versions of tests/foreign/node/package-lock.json; builds the C++ client of
# tests/foreign/cpp. What is there already stays.
# Needs root for the Debian packages, node and npm for the others.
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
cache="$root/artifacts/foreign/node"

missing=()
/usr/bin/python3 -c 'import grpc, google.protobuf, websockets' 2>/dev/null \
  || missing+=(python3-grpcio python3-protobuf python3-websockets)
{ command -v g++ && command -v pkg-config; } >/dev/null || missing+=(g++ pkg-config)
{ [ -f /usr/include/grpcpp/grpcpp.h ] && [ -f /usr/include/google/protobuf/port_def.inc ]; } \
  || missing+=(libgrpc++-dev libprotobuf-dev)
command -v grpc_cpp_plugin >/dev/null || missing+=(protobuf-compiler protobuf-compiler-grpc)
command -v javac >/dev/null || missing+=(default-jdk-headless)
command -v chromium >/dev/null || missing+=(chromium)
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

# The C++ client takes a minute to build, so it is built anew only when one of its two sources differs.
cpp="$root/artifacts/foreign/cpp"
proto="$root/tests/foreign/proto"
mkdir -p "$cpp"
cat "$root/tests/foreign/cpp/interop.cc" "$proto/grpc/testing/test.proto" >"$cpp/sources.new"
if ! { [ -x "$cpp/interop" ] && cmp -s "$cpp/sources.new" "$cpp/sources"; }; then
  protoc -I "$proto" --cpp_out="$cpp" --grpc_out="$cpp" --plugin=protoc-gen-grpc="$(command -v grpc_cpp_plugin)" \
    "$proto/grpc/testing/test.proto"
  # shellcheck disable=SC2046 # flags are several words
  g++ -std=c++17 -O1 -I "$cpp" -o "$cpp/interop" "$root/tests/foreign/cpp/interop.cc" \
    "$cpp/grpc/testing/test.pb.cc" "$cpp/grpc/testing/test.grpc.pb.cc" $(pkg-config --cflags --libs grpc++ protobuf)
  mv "$cpp/sources.new" "$cpp/sources"
fi
rm -f "$cpp/sources.new"
