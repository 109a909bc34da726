# shellcheck shell=bash
# What the machine has: CPUs, which of them share a physical core, NUMA nodes, the network interface, control groups.

declare -ga CPUS=() LIMITS=() NOTES=()
declare -gA SIBLINGS=() CORE=() NODE=()
declare -g BOOT_ISOLATED="" NIC_NODE=-1 CGROUPS=none KERNEL="" NODE_COUNT=1 IN_CONTAINER=0

# The first line of a file in REPLY; fails when there is none.
read_line() {
  REPLY=""
  [[ -f $1 ]] || return 1
  { IFS= read -r REPLY <"$1"; } 2>/dev/null || [[ -n $REPLY ]] || [[ -r $1 ]]
}

read_topology() {
  read_line "$ROOT/sys/devices/system/cpu/online" ||
    die "cannot read $ROOT/sys/devices/system/cpu/online; this needs Linux with /sys"
  expand_cpus "$REPLY"
  local online=$REPLY cpu
  find_container
  if ((IN_CONTAINER)); then
    allowed_in_container
    intersect_cpus "$online" "$REPLY"
    online=$REPLY
  fi
  read -ra CPUS <<<"$online"
  for cpu in "${CPUS[@]}"; do read_siblings "$cpu" "$online"; done
  read_nodes
  read_line "$ROOT/sys/devices/system/cpu/isolated" && expand_cpus "$REPLY" && BOOT_ISOLATED=$REPLY
  read_line "$ROOT/proc/sys/kernel/osrelease" && KERNEL=$REPLY
  read_nic
  find_cgroups
}

read_siblings() {
  REPLY=$1
  ! read_line "$ROOT/sys/devices/system/cpu/cpu$1/topology/thread_siblings_list" || expand_cpus "$REPLY"
  intersect_cpus "${REPLY:-$1}" "$2"
  SIBLINGS[$1]=$REPLY
  CORE[$1]=${REPLY%% *}
}

read_nodes() {
  local folder cpu
  NODE_COUNT=0
  for folder in "$ROOT"/sys/devices/system/node/node[0-9]*; do
    read_line "$folder/cpulist" || continue
    [[ -n $REPLY ]] || continue
    NODE_COUNT=$((NODE_COUNT + 1))
    expand_cpus "$REPLY"
    for cpu in $REPLY; do NODE[$cpu]=${folder##*/node}; done
  done
  for cpu in "${CPUS[@]}"; do NODE[$cpu]=${NODE[$cpu]:-0}; done
}

# The interface of --nic, or of the default route.
read_nic() {
  local name known=() destination
  if [[ -z $NIC && -f $ROOT/proc/net/route ]]; then
    while read -r name destination _; do
      [[ $destination != 00000000 ]] || { NIC=$name; break; }
    done <"$ROOT/proc/net/route"
  fi
  [[ -n $NIC ]] || return 0
  if [[ ! -d $ROOT/sys/class/net/$NIC ]]; then
    for name in "$ROOT"/sys/class/net/*/; do name=${name%/}; known+=("${name##*/}"); done
    refuse "there is no network interface '$NIC'; there are: ${known[*]}"
  fi
  if read_line "$ROOT/sys/class/net/$NIC/device/numa_node" && ((REPLY >= 0)); then
    NIC_NODE=$REPLY
  elif ((NODE_COUNT > 1)); then
    NOTES+=("$NIC does not say on which NUMA node it is; cores are taken without regard to it")
  fi
}

find_container() {
  local mark
  for mark in "$ROOT/.dockerenv" "$ROOT/run/.containerenv" "$ROOT/run/systemd/container"; do
    [[ ! -e $mark ]] || IN_CONTAINER=1
  done
  ((IN_CONTAINER == 0)) ||
    LIMITS+=("this is a container: interrupts, workqueues, frequency and C-states belong to its host; apply there")
}

allowed_in_container() {
  REPLY=$(sed -n 's/^Cpus_allowed_list:[[:space:]]*//p' "$ROOT/proc/1/status" 2>/dev/null) || REPLY=""
  [[ -n $REPLY ]] || read_line "$ROOT/sys/devices/system/cpu/online"
  expand_cpus "$REPLY"
}

# v2 only when it is the hierarchy that has the cpuset controller.
find_cgroups() {
  if read_line "$ROOT/sys/fs/cgroup/cgroup.controllers" && [[ " $REPLY " == *" cpuset "* ]]; then
    CGROUPS=v2
  elif [[ -e $ROOT/sys/fs/cgroup/cpuset/cpuset.cpus || -e $ROOT/sys/fs/cgroup/cpuset/cpus ]]; then
    CGROUPS=v1
  fi
}

# Whether the kernel is at least MAJOR.MINOR.
kernel_is() {
  local major minor
  IFS=.- read -r major minor _ <<<"$KERNEL"
  [[ $major =~ ^[0-9]+$ && $minor =~ ^[0-9]+$ ]] || return 1
  ((major > $1 || (major == $1 && minor >= $2)))
}
