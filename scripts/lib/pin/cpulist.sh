# shellcheck shell=bash
# Sets of CPUs. Lists are words ("0 1 2 3 8"); texts are the kernel's ("0-3,8"); masks are its hexadecimal words.
# Functions answer in REPLY, so that no process is started for each of them.

# "0-3,8" -> "0 1 2 3 8"
expand_cpus() {
  local part first last cpu list=()
  for part in ${1//,/ }; do
    first="${part%-*}" last="${part#*-}"
    [[ $first =~ ^[0-9]+$ && $last =~ ^[0-9]+$ ]] || die "'$1' is not a list of CPUs, for instance 0-3,8"
    for ((cpu = 10#$first; cpu <= 10#$last; cpu++)); do list+=("$cpu"); done
  done
  REPLY="${list[*]}"
}

# "3 0 1 8" -> "0-1,3,8"
compress_cpus() {
  local -A member=()
  local cpu max=-1 first text=""
  for cpu in $1; do
    member[$cpu]=1
    ((cpu <= max)) || max=$cpu
  done
  for ((cpu = 0; cpu <= max; cpu++)); do
    [[ -n ${member[$cpu]:-} ]] || continue
    first=$cpu
    while [[ -n ${member[$((cpu + 1))]:-} ]]; do cpu=$((cpu + 1)); done
    text+=",$first"
    ((cpu == first)) || text+="-$cpu"
  done
  REPLY="${text#,}"
}

# "0 33" -> "00000002,00000001"
mask_of_cpus() {
  local -A words=()
  local cpu word top=0 text=""
  for cpu in $1; do
    word=$((cpu / 32))
    words[$word]=$((${words[$word]:-0} | 1 << (cpu % 32)))
    ((word <= top)) || top=$word
  done
  for ((word = top; word >= 0; word--)); do
    printf -v text '%s,%08x' "$text" "${words[$word]:-0}"
  done
  REPLY="${text#,}"
}

# Members of the first list that are (not) in the second.
intersect_cpus() { filter_cpus 1 "$1" "$2"; }
subtract_cpus() { filter_cpus 0 "$1" "$2"; }

filter_cpus() {
  local cpu inside list=()
  for cpu in $2; do
    inside=0
    [[ " $3 " != *" $cpu "* ]] || inside=1
    ((inside != $1)) || list+=("$cpu")
  done
  REPLY="${list[*]}"
}

# Whether the kernel's answer means what was written: a list in any spelling, a mask with any leading zeros, a word.
same_value() {
  local kind=$1 have=$2 want=$3
  case $kind in
    list)
      [[ $have =~ ^[0-9,-]*$ ]] || return 1
      expand_cpus "$have"; compress_cpus "$REPLY"; have=$REPLY
      expand_cpus "$want"; compress_cpus "$REPLY"; want=$REPLY
      ;;
    mask)
      have=${have//,/} want=${want//,/}
      have=${have#"${have%%[!0]*}"} want=${want#"${want%%[!0]*}"}
      ;;
    controller)
      [[ " $have " == *" ${want#+} "* ]]
      return
      ;;
  esac
  [[ ${have,,} == "${want,,}" ]]
}
