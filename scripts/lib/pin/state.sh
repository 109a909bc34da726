# shellcheck shell=bash
# Writing knobs so that they can be put back. The state file has one line a fact, parts separated by tabs:
#   plan  TEXT                        what was assigned, to recognize the same plan again
#   made  PATH                        a folder that was made
#   knob  KIND PATH BEFORE AFTER      a file, its text before and what was written
# A line is written before its knob, so that an interrupted apply can be reverted too.

declare -ga FAILED=() CHANGED=() DRIFTED=()
declare -ga STATE_KNOBS=() STATE_MADE=()
declare -g STATE_PLAN="" UNCHANGED=0

load_state() {
  STATE_KNOBS=() STATE_MADE=() STATE_PLAN=""
  [[ -f $STATE ]] || return 1
  local what rest first=1
  while IFS=$'\t' read -r what rest; do
    if ((first)); then
      [[ $what == "$STATE_TITLE" ]] ||
        refuse "$STATE is not a state file of this version; move it away, and restore by hand what it names"
      first=0
      continue
    fi
    case $what in
      plan) STATE_PLAN=$rest ;;
      made) STATE_MADE+=("$rest") ;;
      knob) STATE_KNOBS+=("$rest") ;;
      *) refuse "$STATE: '$what' is unknown; the file is damaged" ;;
    esac
  done <"$STATE"
  ((first == 0)) || refuse "$STATE is empty; move it away, and restore by hand"
}

readonly STATE_TITLE="# pin-cores state 1"

open_state() {
  local folder
  folder=$(dirname "$STATE")
  local missing=0
  [[ -d $folder ]] || missing=1
  { mkdir -p "$folder" && printf '%s\nplan\t%s\n' "$STATE_TITLE" "$PLAN_KEY" >"$STATE"; } 2>/dev/null ||
    refuse "cannot write the state file $STATE; run as root or choose one with --state"
  ((missing == 0)) || remember made "$folder"
}

remember() {
  local line
  printf -v line '%s\t' "$@"
  printf '%s\n' "${line%$'\t'}" >>"$STATE"
}

# A line of STATE_KNOBS in KIND, KNOB, BEFORE and AFTER. Tabs are white space to read, which would join empty parts.
split_knob() {
  KIND=${1%%$'\t'*}
  local rest=${1#*$'\t'}
  KNOB=${rest%%$'\t'*}
  rest=${rest#*$'\t'}
  BEFORE=${rest%%$'\t'*}
  AFTER=${rest#*$'\t'}
}

split_write() {
  IFS=$'\t' read -r KIND KNOB VALUE <<<"$1"
}

# Writes a value and says in REPLY why it could not be, as the kernel has it.
write_file() {
  local file=$ROOT$1 value=$2
  if ! REPLY=$({ printf '%s\n' "$value" >"$file"; } 2>&1); then
    REPLY=${REPLY##*: }
    return 1
  fi
}

# What of a knob is in effect: its text in REPLY. Fails when it does not mean the value.
in_effect() {
  read_line "$ROOT$2" || return 1
  local text=$REPLY same=0
  same_value "$1" "$text" "$3" || same=1
  REPLY=$text
  return "$same"
}

# Changes a knob unless it is as wanted; remembers what was there.
set_knob() {
  local kind=$1 knob=$2 value=$3 reason
  if in_effect "$kind" "$knob" "$value"; then
    UNCHANGED=$((UNCHANGED + 1))
    return
  fi
  if [[ ! -e $ROOT$knob ]]; then
    FAILED+=("$knob: does not exist")
    return
  fi
  is_remembered "$knob" || remember knob "$kind" "$knob" "$REPLY" "$value"
  if ! write_knob "$kind" "$knob" "$value"; then
    FAILED+=("$knob: cannot write '$value': $REPLY")
  elif ! in_effect "$kind" "$knob" "$value"; then
    reason=$REPLY
    FAILED+=("$knob: wrote '$value', the kernel made it '$reason'")
  else
    CHANGED+=("$knob = $value")
  fi
}

is_remembered() {
  local line
  for line in "${STATE_KNOBS[@]}"; do
    split_knob "$line"
    [[ $KNOB != "$1" ]] || return 0
  done
  return 1
}

write_knob() {
  if [[ $1 == controller && -n $ROOT ]]; then
    write_controller_of_copy "$2" "$3"
  else
    write_file "$2" "$3"
  fi
}

make_group() {
  [[ -n $GROUP && ! -d $ROOT$GROUP ]] || return 0
  if ! REPLY=$(mkdir "$ROOT$GROUP" 2>&1); then
    FAILED+=("$GROUP: cannot be made: ${REPLY##*: }")
    return
  fi
  remember made "$GROUP"
  CHANGED+=("$GROUP made")
  [[ -z $ROOT ]] || fill_group_of_copy
}

# A copy of /sys is plain files: what the kernel does with a new group and with a controller's name is done here.
fill_group_of_copy() {
  local file
  for file in cgroup.procs cpuset.cpus cpuset.cpus.exclusive cpuset.mems; do printf '\n' >"$ROOT$GROUP/$file"; done
  printf 'member\n' >"$ROOT$GROUP/cpuset.cpus.partition"
}

write_controller_of_copy() {
  local name=${2:1} words
  read_line "$ROOT$1"
  words=" $REPLY "
  words=${words// $name / }
  [[ $2 == -* ]] || words+="$name "
  read -ra words <<<"$words"
  write_file "$1" "${words[*]}"
}

# Puts everything back in the reverse order; what cannot be goes to FAILED, and its line stays in the state file.
restore_state() {
  local index kept=()
  for ((index = ${#STATE_KNOBS[@]} - 1; index >= 0; index--)); do
    restore_knob "${STATE_KNOBS[index]}" || kept=("knob"$'\t'"${STATE_KNOBS[index]}" "${kept[@]}")
  done
  for ((index = ${#STATE_MADE[@]} - 1; index >= 0; index--)); do
    [[ ${STATE_MADE[index]} == "$CGROUP"/* ]] || continue
    remove_group "${STATE_MADE[index]}" || kept=("made"$'\t'"${STATE_MADE[index]}" "${kept[@]}")
  done
  close_state "${kept[@]}"
}

# The group's own knobs go with the group; only its partition has to be given up before.
restore_knob() {
  split_knob "$1"
  [[ -e $ROOT$KNOB ]] || return 0
  read_line "$ROOT$KNOB"
  [[ $REPLY != "$BEFORE" ]] || return 0
  local value=$BEFORE
  [[ $KIND != controller ]] || value=-${AFTER#+}
  if ! write_knob "$KIND" "$KNOB" "$value"; then
    FAILED+=("$KNOB: cannot write '$value' back: $REPLY")
    return 1
  fi
  read_line "$ROOT$KNOB"
  if [[ $KIND != controller ]] && ! same_value "$KIND" "$REPLY" "$BEFORE"; then
    FAILED+=("$KNOB: wrote '$BEFORE' back, the kernel made it '$REPLY'")
    return 1
  fi
  CHANGED+=("$KNOB = $BEFORE")
}

remove_group() {
  [[ -d $ROOT$1 ]] || return 0
  [[ -z $ROOT ]] || rm -f "$ROOT$1"/*
  if ! REPLY=$(rmdir "$ROOT$1" 2>&1); then
    FAILED+=("$1: cannot be removed: ${REPLY##*: }")
    return 1
  fi
  CHANGED+=("$1 removed")
}

close_state() {
  if (($# > 0)); then
    { printf '%s\nplan\t%s\n' "$STATE_TITLE" "$STATE_PLAN"; printf '%s\n' "$@"; } >"$STATE"
    return
  fi
  rm -f "$STATE"
  local made
  for made in "${STATE_MADE[@]}"; do
    [[ $made == "$CGROUP"/* ]] || rmdir --ignore-fail-on-non-empty "$made"
  done
}
