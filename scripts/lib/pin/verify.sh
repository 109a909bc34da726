# shellcheck shell=bash
# Measures what the machine does, whatever was written: knobs read back, the server's threads, strangers on hot CPUs,
# interrupts and involuntary switches over some seconds.

declare -ga THREADS=() INTERRUPTS=()
declare -g SERVER_PID=""

# Knobs of the state file that are not as written; without one, of the plan.
check_knobs() {
  local entry
  DRIFTED=() UNCHANGED=0
  if [[ -n $STATE_PLAN ]]; then
    for entry in "${STATE_KNOBS[@]}"; do
      split_knob "$entry"
      check_knob "$KIND" "$KNOB" "$AFTER"
    done
  else
    for entry in "${WRITES[@]}"; do
      split_write "$entry"
      check_knob "$KIND" "$KNOB" "$VALUE"
    done
  fi
}

check_knob() {
  if in_effect "$1" "$2" "$3"; then
    UNCHANGED=$((UNCHANGED + 1))
  else
    DRIFTED+=("$2: is '$REPLY', should be '$3'")
  fi
}

# The process with a thread "engine" and a reader.
find_server() {
  SERVER_PID=$PID
  [[ -z $PID ]] || { [[ -d $ROOT/proc/$PID/task ]] || refuse "there is no process $PID"; return; }
  local file folder found=()
  for file in "$ROOT"/proc/[0-9]*/task/[0-9]*/comm; do
    read_line "$file" || continue
    [[ $REPLY == engine ]] || continue
    folder=${file%/task/*}
    ! grep -qs '^feed-' "$folder"/task/*/comm || found+=("${folder##*/}")
  done
  ((${#found[@]} <= 1)) || refuse "several servers run (${found[*]}): name one with --pid"
  SERVER_PID=${found[0]:-}
}

# Each planned thread on exactly its CPU, every other thread of the server off the hot and idle ones.
check_threads() {
  local -A seen=() role_of=()
  local role task name allowed
  THREADS=()
  if [[ -z $SERVER_PID ]]; then
    FAILED+=("threads: no running server was found; start it with run, or name it with --pid")
    return
  fi
  for role in "${ROLES[@]}"; do
    thread_of "$role"
    [[ -z ${CPU_OF[$role]:-} ]] || role_of[$REPLY]=$role
  done
  for task in "$ROOT/proc/$SERVER_PID/task"/[0-9]*; do
    read_line "$task/comm" || continue
    name=$REPLY
    task_allowed "$task" || continue
    allowed=$REPLY
    if [[ -n ${role_of[$name]:-} ]]; then
      seen[$name]=1
      check_thread "$name" "$allowed" "${CPU_OF[${role_of[$name]}]}"
    else
      check_other "$name" "$allowed"
    fi
  done
  for name in "${!role_of[@]}"; do
    [[ -n ${seen[$name]:-} ]] || FAILED+=("threads: the server has no thread '$name'")
  done
}

task_allowed() {
  REPLY=$(sed -n 's/^Cpus_allowed_list:[[:space:]]*//p' "$1/status" 2>/dev/null) && [[ -n $REPLY ]]
}

check_thread() {
  THREADS+=("$1 may run on $2, planned $3")
  [[ $2 == "$3" ]] || FAILED+=("threads: $1 may run on $2, planned is $3")
}

check_other() {
  expand_cpus "$2"
  intersect_cpus "$REPLY" "${HOT[*]} ${IDLE[*]}"
  [[ -z $REPLY ]] || FAILED+=("threads: $1 may run on $2, which holds hot or idle CPUs")
}

# Threads of other programs that may run on hot CPUs. Kernel threads have no memory of their own (no VmSize).
check_strangers() {
  local rows name allowed count=0 names=()
  local -A known=()
  rows=$(other_programs | awk '
    function flush() { if (user && list != "") print list "\t" name }
    /^Name:/ { flush(); name = $2; user = 0; list = "" }
    /^VmSize:/ { user = 1 }
    /^Cpus_allowed_list:/ { list = $2 }
    END { flush() }')
  while IFS=$'\t' read -r allowed name; do
    [[ -n $allowed ]] || continue
    expand_cpus "$allowed"
    intersect_cpus "$REPLY" "${HOT[*]} ${IDLE[*]}"
    [[ -n $REPLY ]] || continue
    count=$((count + 1))
    [[ -n ${known[$name]:-} ]] || { known[$name]=1; names+=("$name"); }
  done <<<"$rows"
  ((count == 0)) ||
    FAILED+=("strangers: $count threads of other programs may run on hot or idle CPUs (${names[*]:0:5})")
}

other_programs() {
  local folder tasks=()
  for folder in "$ROOT"/proc/[0-9]*; do
    [[ ${folder##*/} == "$SERVER_PID" ]] || tasks+=("$folder"/task/[0-9]*/status)
  done
  ((${#tasks[@]} == 0)) || cat "${tasks[@]}" 2>/dev/null || true   # threads end while they are read
}

check_latency_file() {
  local file
  [[ -n $SERVER_PID ]] || return 0
  for file in "$ROOT/proc/$SERVER_PID/fd"/*; do
    [[ $(readlink "$file" 2>/dev/null) != /dev/cpu_dma_latency ]] || return 0
  done
  FAILED+=("C-states: the server does not hold /dev/cpu_dma_latency; start it with run")
}

# Counts of hot CPUs as "cpu<TAB>kind<TAB>count": device interrupts one by one, the kernel's own by their name.
interrupt_counts() {
  awk -v hot=" ${HOT[*]} ${IDLE[*]} " '
    NR == 1 { for (i = 1; i <= NF; i++) cpu[i + 1] = substr($i, 4); columns = NF; next }
    {
      kind = $1; sub(/:$/, "", kind)
      if (kind == "ERR" || kind == "MIS") next
      for (i = 2; i <= columns + 1; i++)
        if (index(hot, " " cpu[i] " ")) print cpu[i] "\t" kind "\t" $i
    }' "$1"
}

# Hot threads and how often each was taken off its core by force: "name<TAB>count".
forced_switches() {
  local task
  [[ -n $SERVER_PID ]] || return 0
  for task in "$ROOT/proc/$SERVER_PID/task"/[0-9]*; do
    awk '/^Name:/ { name = $2 } /^nonvoluntary_ctxt_switches:/ { print name "\t" $2 }' \
      "$task/status" 2>/dev/null || true
  done
}

measure() {
  local before after switches
  before=$(interrupt_counts "${SINCE:-$ROOT/proc/interrupts}")
  switches=$(forced_switches)
  if [[ -z $SINCE ]] && ((SECONDS_TO_MEASURE > 0)); then
    warn "measuring for $SECONDS_TO_MEASURE s"
    sleep "$SECONDS_TO_MEASURE"
  fi
  after=$(interrupt_counts "$ROOT/proc/interrupts")
  compare_interrupts "$before" "$after"
  compare_switches "$switches" "$(forced_switches)"
}

# A device's interrupt on a hot CPU fails; the kernel's own (ticks, rescheduling, TLB) are reported.
compare_interrupts() {
  local -A earlier=()
  local cpu kind count more
  while IFS=$'\t' read -r cpu kind count; do
    [[ -z $cpu ]] || earlier[$cpu/$kind]=$count
  done <<<"$1"
  INTERRUPTS=()
  while IFS=$'\t' read -r cpu kind count; do
    [[ -n $cpu ]] || continue
    more=$((count - ${earlier[$cpu/$kind]:-0}))
    ((more > 0)) || continue
    INTERRUPTS+=("cpu $cpu $kind +$more")
    [[ ! $kind =~ ^[0-9]+$ ]] || FAILED+=("interrupts: device interrupt $kind came $more times to CPU $cpu")
  done <<<"$2"
}

compare_switches() {
  local -A earlier=()
  local name count role more
  while IFS=$'\t' read -r name count; do [[ -z $name ]] || earlier[$name]=$count; done <<<"$1"
  while IFS=$'\t' read -r name count; do
    [[ -n $name && -n ${earlier[$name]:-} ]] || continue
    more=$((count - earlier[$name]))
    for role in "${ROLES[@]}"; do
      thread_of "$role"
      [[ $REPLY != "$name" || -z ${CPU_OF[$role]:-} ]] || THREADS+=("$name: $more involuntary switches")
    done
  done <<<"$2"
}
