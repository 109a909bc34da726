#!/usr/bin/env bash
# What CI runs and what a person runs before a commit: locked restore, formatting, build, tests.
# usage: scripts/check.sh [--quick]      --quick leaves out thread races and the tests that run whole processes
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

filter=()
case "${1:-}" in
  "") ;;
  --quick) filter=(--filter "TestCategory!=Litmus&FullyQualifiedName!~System.Tests.Processes") ;;
  *) echo "check.sh: unknown flag '$1'; there is --quick" >&2; exit 2 ;;
esac

dotnet restore --locked-mode
dotnet format --verify-no-changes --no-restore
dotnet build -c Release --no-restore
dotnet test -c Release --no-build "${filter[@]}"
