# shellcheck shell=bash
# What is printed: text for people, or with --json one object on one line, the last of stdout.

say() { ((JSON)) || printf '%s\n' "$*"; }

# A titled list, left out when it is empty.
say_list() {
  local title=$1 line
  shift
  (($# == 0)) && return
  say "$title"
  for line in "$@"; do say "  $line"; done
}

json_text() {
  local text=${1//\\/\\\\}
  text=${text//\"/\\\"}
  text=${text//$'\t'/\\t}
  REPLY="\"${text//[[:cntrl:]]/ }\""
}

# FIELDS collects an object's members; json_end makes it REPLY.
json_begin() { FIELDS=(); }
json_raw() { FIELDS+=("\"$1\":$2"); }
json_put() { json_text "$2"; json_raw "$1" "$REPLY"; }

json_list() {
  local name=$1 out="" item
  shift
  for item in "$@"; do json_text "$item"; out+=",$REPLY"; done
  json_raw "$name" "[${out#,}]"
}

# Items that are objects already.
json_objects() {
  local name=$1 IFS=,
  shift
  json_raw "$name" "[$*]"
}

json_end() {
  local IFS=,
  REPLY="{${FIELDS[*]}}"
}

print_json() {
  json_end
  ((JSON == 0)) || printf '%s\n' "$REPLY"
}

report_plan() {
  local role line compressed
  local -a rows=()
  for role in "${ROLES[@]}"; do
    thread_of "$role"
    line="${CPU_OF[$role]:--}"
    printf -v line '%-12s %-15s cpu %-4s' "$role" "$REPLY" "$line"
    [[ -z ${CPU_OF[$role]:-} ]] || line+=" core ${CORE[${CPU_OF[$role]}]} node ${NODE[${CPU_OF[$role]}]}"
    rows+=("${line%"${line##*[![:space:]]}"}")
  done
  compress_cpus "${CPUS[*]}"
  say "cpus          $REPLY; $NODE_COUNT NUMA node(s), cgroup $CGROUPS, kernel ${KERNEL:-unknown}"
  ((NIC_NODE < 0)) && line="node unknown" || line="node $NIC_NODE"
  say "NIC           ${NIC:-unknown}, $line"
  say_list "threads" "${rows[@]}"
  for line in "hot:${HOT[*]}" "idle siblings:${IDLE[*]}" "housekeeping:$HOUSEKEEPING" \
    "system:$SYSTEM" "service:$SERVICE"; do
    compress_cpus "${line#*:}"
    printf -v compressed '%-13s %s' "${line%%:*}" "${REPLY:-none}"
    say "$compressed"
  done
  say "isolation     $ISOLATION${PARTITION_TYPE:+ ($PARTITION_TYPE)}"
  server_environment
  say_list "server's environment" "${ENVIRONMENT[@]}"
  boot_parameters
  say_list "boot parameters to consider (never edited by this script)" "$REPLY"
}

report_writes() {
  local write lines=()
  for write in "${WRITES[@]}"; do
    split_write "$write"
    if in_effect "$KIND" "$KNOB" "$VALUE"; then
      lines+=("$KNOB = $VALUE (as it is)")
    elif [[ -e $ROOT$KNOB || $KNOB == "$GROUP"/* ]]; then
      lines+=("$KNOB = $VALUE (now '$REPLY')")
    else
      lines+=("$KNOB = $VALUE (does not exist yet)")
    fi
  done
  say_list "would write" "${lines[@]}"
}

report_remarks() {
  say_list "could not do" "${FAILED[@]}" "${LIMITS[@]}"
  say_list "notes" "${NOTES[@]}"
}

json_plan() {
  local role objects=() name
  for role in "${ROLES[@]}"; do
    FIELDS=()
    json_put role "$role"
    thread_of "$role"
    json_put thread "$REPLY"
    if [[ -n ${CPU_OF[$role]:-} ]]; then
      json_raw cpu "${CPU_OF[$role]}"
      json_raw core "${CORE[${CPU_OF[$role]}]}"
      json_raw node "${NODE[${CPU_OF[$role]}]}"
    else
      json_raw cpu null
    fi
    json_raw shared "$([[ -n ${SHARED[$role]:-} ]] && echo true || echo false)"
    json_end
    objects+=("$REPLY")
  done
  json_begin
  json_put command "$1"
  json_objects roles "${objects[@]}"
  for name in hot idle housekeeping system service; do json_cpus "$name"; done
  json_put cores "$CORE_MAP"
  json_put isolation "$ISOLATION"
  json_put partition "$PARTITION_TYPE"
  json_put cgroups "$CGROUPS"
  json_put nic "$NIC"
  json_raw nicNode "$NIC_NODE"
  server_environment
  json_list environment "${ENVIRONMENT[@]}"
  boot_parameters
  json_put bootParameters "$REPLY"
  json_writes
}

json_cpus() {
  case $1 in
    hot) compress_cpus "${HOT[*]}" ;;
    idle) compress_cpus "${IDLE[*]}" ;;
    housekeeping) compress_cpus "$HOUSEKEEPING" ;;
    system) compress_cpus "$SYSTEM" ;;
    service) compress_cpus "$SERVICE" ;;
  esac
  json_put "$1" "$REPLY"
}

json_writes() {
  local write objects=() outer=("${FIELDS[@]}")
  for write in "${WRITES[@]}"; do
    split_write "$write"
    FIELDS=()
    json_put path "$KNOB"
    json_put value "$VALUE"
    json_end
    objects+=("$REPLY")
  done
  FIELDS=("${outer[@]}")
  json_objects writes "${objects[@]}"
}

# The end of every report: what could not be done, notes, and the verdict.
finish() {
  local code=$1
  report_remarks
  json_list couldNot "${FAILED[@]}" "${LIMITS[@]}"
  json_list notes "${NOTES[@]}"
  json_raw exitCode "$code"
  print_json
  exit "$code"
}

verdict() {
  if ((${#FAILED[@]} + ${#LIMITS[@]} > 0)); then REPLY=$PARTIAL; else REPLY=$OK; fi
}
