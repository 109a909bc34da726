#!/usr/bin/env bash
# Gives the quoter's hot threads cores of their own: plans from the topology, isolates, launches, measures, puts back.
# docs/operating.md explains every knob. Functions lie in lib/pin; this file reads the command line.
# shellcheck source-path=SCRIPTDIR
set -euo pipefail
export LC_ALL=C
shopt -s nullglob

readonly OK=0 PARTIAL=2 REFUSED=3
# Tests put a copied tree here; everything of /sys, /proc, /dev and /run is read and written below it.
readonly ROOT=${QUOTER_SYSROOT:-}

JSON=0 YES=0 FORCE=0 NIC="" VENUES=binance,bitstamp,kraken VENUES_GIVEN=0
ISOLATE=auto SERVICE_COUNT=1 PID="" SINCE="" SECONDS_TO_MEASURE=5
STATE=$ROOT/run/quoter/pin.state
COMMAND="" LAUNCH=() ENVIRONMENT=() FIELDS=()
KIND="" KNOB="" VALUE="" BEFORE="" AFTER=""

here=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")
# shellcheck source=lib/pin/cpulist.sh
source "$here/lib/pin/cpulist.sh"
# shellcheck source=lib/pin/topology.sh
source "$here/lib/pin/topology.sh"
# shellcheck source=lib/pin/plan.sh
source "$here/lib/pin/plan.sh"
# shellcheck source=lib/pin/knobs.sh
source "$here/lib/pin/knobs.sh"
# shellcheck source=lib/pin/state.sh
source "$here/lib/pin/state.sh"
# shellcheck source=lib/pin/report.sh
source "$here/lib/pin/report.sh"
# shellcheck source=lib/pin/launch.sh
source "$here/lib/pin/launch.sh"
# shellcheck source=lib/pin/verify.sh
source "$here/lib/pin/verify.sh"

usage() {
  cat <<'TEXT'
usage: scripts/pin-cores.sh COMMAND [OPTIONS]

  plan      print which thread would get which core, what would be written, boot parameters
  apply     write it; without --yes only print what would be written
  status    compare every knob that was written with what it is now
  verify    measure: knobs, the server's threads, strangers and interrupts on hot CPUs, C-states
  revert    put everything back as it was before apply
  run -- PROGRAM...   start the server with the core map

  --venues LIST       a reader core for each, by commas (default binance,bitstamp,kraken)
  --nic NAME          readers on this interface's NUMA node (default: the default route's)
  --isolation KIND    auto, partition, slices or none (default auto)
  --service N         CPUs for the server's other threads within a partition (default 1)
  --state FILE        what was there before (default /run/quoter/pin.state)
  --yes               apply: really write
  --force             go on with fewer than 4 CPUs
  --pid PID           verify: the server's process (default: found by its threads' names)
  --seconds N         verify: how long to measure (default 5)
  --since FILE        verify: compare with this earlier copy of /proc/interrupts instead
  --json              one object on one line, the last of stdout

exit codes: 0 ok, 1 unexpected failure, 2 partial or deviating, 3 refused (also bad usage)
TEXT
}

warn() { printf 'pin-cores: %s\n' "$*" >&2; }

die() {
  warn "$*"
  exit 1
}

refuse() {
  warn "$*"
  if ((JSON)); then
    json_begin
    json_put command "$COMMAND"
    json_put refused "$*"
    json_raw exitCode "$REFUSED"
    print_json
  fi
  exit "$REFUSED"
}

read_arguments() {
  while (($# > 0)); do
    case $1 in
      plan | apply | status | verify | revert | run)
        [[ -z $COMMAND ]] || refuse "one command at a time: '$COMMAND' or '$1'"
        COMMAND=$1
        ;;
      --json) JSON=1 ;;
      --yes) YES=1 ;;
      --force) FORCE=1 ;;
      -h | --help) usage; exit "$OK" ;;
      --) shift; LAUNCH=("$@"); break ;;
      --venues | --nic | --isolation | --service | --state | --pid | --seconds | --since)
        (($# > 1)) || refuse "$1 needs a value; --help lists the options"
        read_option "$1" "$2"
        shift
        ;;
      *) refuse "unknown argument '$1'; --help lists commands and options" ;;
    esac
    shift
  done
  [[ -n $COMMAND ]] || refuse "no command; --help lists them"
  [[ $COMMAND == run || ${#LAUNCH[@]} -eq 0 ]] || refuse "only run takes a program after --"
}

read_option() {
  case $1 in
    --venues)
      [[ $2 =~ ^[a-z0-9_]+(,[a-z0-9_]+)*$ ]] || refuse "--venues '$2': names by commas, for instance binance,kraken"
      no_repeats "$2"
      VENUES=$2 VENUES_GIVEN=1
      ;;
    --nic)
      [[ $2 =~ ^[^/[:space:]]+$ && $2 != .* ]] || refuse "--nic '$2' is not the name of an interface"
      NIC=$2
      ;;
    --isolation)
      [[ $2 =~ ^(auto|partition|slices|none)$ ]] || refuse "--isolation '$2': auto, partition, slices or none"
      ISOLATE=$2
      ;;
    --service)
      [[ $2 =~ ^[1-9][0-9]{0,3}$ ]] || refuse "--service '$2': a number of CPUs, 1 or more"
      SERVICE_COUNT=$2
      ;;
    --state) STATE=$2 ;;
    --pid) [[ $2 =~ ^[1-9][0-9]{0,9}$ ]] || refuse "--pid '$2' is not a process id"; PID=$2 ;;
    --seconds) [[ $2 =~ ^[0-9]{1,5}$ ]] || refuse "--seconds '$2': whole seconds"; SECONDS_TO_MEASURE=$((10#$2)) ;;
    --since) [[ -f $2 ]] || refuse "--since: there is no file '$2'"; SINCE=$2 ;;
  esac
}

no_repeats() {
  local name
  local -A seen=()
  for name in ${1//,/ }; do
    [[ -z ${seen[$name]:-} && $name != engine && $name != publisher ]] ||
      refuse "--venues: '$name' is named twice or is no venue"
    seen[$name]=1
  done
}

plan_everything() {
  read_topology
  make_plan
  plan_writes
}

command_plan() {
  plan_everything
  report_plan
  report_writes
  json_plan plan
  finish "$OK"
}

command_apply() {
  plan_everything
  if ((YES == 0)); then
    report_plan
    report_writes
    say "nothing was written; --yes writes"
    json_plan apply
    json_raw dryRun true
    finish "$OK"
  fi
  if load_state; then
    [[ $STATE_PLAN == "$PLAN_KEY" ]] || refuse "another plan is applied ($STATE_PLAN); revert it first"
  else
    open_state
  fi
  apply_writes
  json_plan apply
  json_raw dryRun false
  json_list changed "${CHANGED[@]}"
  json_raw unchanged "$UNCHANGED"
  say_list "written" "${CHANGED[@]}"
  say "unchanged     $UNCHANGED"
  verdict
  finish "$REPLY"
}

# The controller comes first, since the group's files exist only with it; then the group, then all knobs.
apply_writes() {
  local write
  for write in "${WRITES[@]}"; do
    split_write "$write"
    [[ $KIND != controller ]] || { set_knob "$KIND" "$KNOB" "$VALUE"; make_group; continue; }
    set_knob "$KIND" "$KNOB" "$VALUE"
  done
  # What an earlier apply wrote and something moved since: not in the plan of today where the plan looks at the present.
  for write in "${STATE_KNOBS[@]}"; do
    split_knob "$write"
    is_planned "$KNOB" || set_knob "$KIND" "$KNOB" "$AFTER"
  done
}

is_planned() {
  local write
  for write in "${WRITES[@]}"; do [[ $write != *$'\t'"$1"$'\t'* ]] || return 0; done
  return 1
}

command_status() {
  json_begin
  json_put command status
  if ! load_state; then
    say "not applied ($STATE does not exist)"
    json_raw applied false
    finish "$REFUSED"
  fi
  check_knobs
  say "applied       $STATE_PLAN"
  say "as written    $UNCHANGED"
  say_list "drifted" "${DRIFTED[@]}"
  json_raw applied true
  json_put plan "$STATE_PLAN"
  json_raw unchanged "$UNCHANGED"
  json_list drifted "${DRIFTED[@]}"
  ((${#DRIFTED[@]} == 0)) || finish "$PARTIAL"
  finish "$OK"
}

# The applied plan, if there is one, has to be the one that the options give.
match_state() {
  load_state || return 0
  [[ $STATE_PLAN == "$PLAN_KEY" ]] || refuse "another plan is applied ($STATE_PLAN); give the options of that apply"
}

command_verify() {
  plan_everything
  match_state
  find_server
  check_knobs
  check_threads
  check_strangers
  check_latency_file
  measure
  say "knobs as planned: $UNCHANGED"
  say_list "knobs that deviate" "${DRIFTED[@]}"
  say_list "server's threads (process ${SERVER_PID:-none})" "${THREADS[@]}"
  say_list "interrupts on hot and idle CPUs while measured" "${INTERRUPTS[@]}"
  json_plan verify
  json_raw applied "$([[ -n $STATE_PLAN ]] && echo true || echo false)"
  json_put server "$SERVER_PID"
  json_raw unchanged "$UNCHANGED"
  json_list drifted "${DRIFTED[@]}"
  json_list threads "${THREADS[@]}"
  json_list interrupts "${INTERRUPTS[@]}"
  verdict
  ((${#DRIFTED[@]} == 0)) || REPLY=$PARTIAL
  finish "$REPLY"
}

command_revert() {
  json_begin
  json_put command revert
  if ! load_state; then
    say "nothing to revert ($STATE does not exist)"
    json_list changed
    finish "$OK"
  fi
  if read_line "$ROOT$CGROUP/quoter/cgroup.procs" && [[ -n $REPLY ]]; then
    refuse "process $REPLY still runs in $CGROUP/quoter; stop the server first"
  fi
  restore_state
  say_list "restored" "${CHANGED[@]}"
  json_list changed "${CHANGED[@]}"
  verdict
  finish "$REPLY"
}

command_run() {
  read_topology
  make_plan
  match_state
  run_server "${LAUNCH[@]}"
}

read_arguments "$@"
"command_$COMMAND"
