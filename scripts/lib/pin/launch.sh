# shellcheck shell=bash
# Starts the server with the plan: in the group, unpinned threads on the service CPUs, C-states held off.

# The command replaces this process, so that signals, exit code and the held file are the server's own.
run_server() {
  (($# > 0)) || refuse "run: no command; for instance run -- dotnet run -c Release --project server"
  command -v -- "$1" >/dev/null || refuse "run: there is no program '$1'"
  [[ -n $STATE_PLAN ]] || warn "nothing is applied: the server gets its core map, but the cores are not isolated"
  join_group
  confine_to_service
  hold_latency
  server_environment
  exec env "${ENVIRONMENT[@]}" "$@"
}

join_group() {
  local group=$ROOT$CGROUP/quoter
  [[ -n $STATE_PLAN && -d $group ]] || return 0
  write_file "$CGROUP/quoter/cgroup.procs" $$ ||
    warn "cannot enter $CGROUP/quoter ($REPLY): the server runs outside of the isolated CPUs"
}

# The runtime gives every new thread the main thread's CPUs; pipeline threads then pin themselves.
confine_to_service() {
  compress_cpus "$SERVICE"
  if [[ -n $ROOT ]]; then
    warn "the tree under $ROOT is not this machine's: the server's CPUs stay as they are"
  elif ! taskset -pc "$REPLY" $$ >/dev/null; then
    warn "cannot confine the server's other threads to CPUs $REPLY"
  fi
}

# Zero microseconds of wake-up latency, as long as somebody holds the file open: the command inherits it.
hold_latency() {
  local file=$ROOT/dev/cpu_dma_latency held
  if ! { exec {held}>"$file"; } 2>/dev/null || ! printf '\0\0\0\0' >&"$held"; then
    warn "cannot hold $file: idle cores may sleep deeply and wake slowly"
  fi
}
