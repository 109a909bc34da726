# shellcheck shell=bash
# What apply writes, in its order: WRITES holds "kind<TAB>path<TAB>value", GROUP the control group to be made first.
# Paths are the machine's, without the root that tests put before them.

declare -ga WRITES=()
declare -g GROUP=""
readonly CGROUP=/sys/fs/cgroup

plan_writes() {
  plan_isolation
  plan_interrupts
  plan_workqueues
  plan_frequency
  plan_memory
  find_opponents
}

want() { WRITES+=("$1"$'\t'"$2"$'\t'"$3"); }

# Wants a value where the file exists.
want_if_there() { [[ ! -e $ROOT$2 ]] || want "$@"; }

plan_isolation() {
  [[ $ISOLATION != none ]] || return 0
  local members
  [[ $ISOLATION == partition ]] && members="${HOT[*]} ${IDLE[*]} $SERVICE" || members="${HOT[*]} $SERVICE"
  compress_cpus "$members"
  members=$REPLY
  GROUP=$CGROUP/quoter
  want controller "$CGROUP/cgroup.subtree_control" +cpuset
  want list "$GROUP/cpuset.cpus" "$members"
  plan_memory_node
  if [[ $ISOLATION == partition ]]; then
    ! kernel_is 6 7 || want list "$GROUP/cpuset.cpus.exclusive" "$members"
    want word "$GROUP/cpuset.cpus.partition" "$PARTITION_TYPE"
  else
    plan_slices
  fi
}

# Memory of the hot node only, when all hot cores are on one of several.
plan_memory_node() {
  local cpu
  ((NODE_COUNT > 1)) || return 0
  for cpu in "${HOT[@]}"; do [[ ${NODE[$cpu]} == "$HOT_NODE" ]] || return 0; done
  want list "$GROUP/cpuset.mems" "$HOT_NODE"
}

# Everything that systemd started is kept on the housekeeping CPUs: these files are what AllowedCPUs= writes.
plan_slices() {
  local folder
  compress_cpus "$HOUSEKEEPING"
  local housekeeping=$REPLY
  for folder in "$ROOT$CGROUP"/*/; do
    folder=${folder%/}
    [[ $folder != "$ROOT$GROUP" && -e $folder/cgroup.procs ]] || continue
    want list "${folder#"$ROOT"}/cpuset.cpus" "$housekeeping"
  done
  LIMITS+=("slices: kernel threads and processes of the root control group may still run on hot CPUs")
}

plan_interrupts() {
  local folder irq forbidden near nic_irqs target current
  local system=$SYSTEM
  forbidden="${HOT[*]} ${IDLE[*]}"
  [[ $ISOLATION != partition ]] || forbidden+=" $SERVICE"
  near_nic
  near=$REPLY
  nic_interrupts
  nic_irqs=" $REPLY "
  mask_of_cpus "$system"
  want_if_there mask /proc/irq/default_smp_affinity "$REPLY"
  for folder in "$ROOT"/proc/irq/[0-9]*; do
    read_line "$folder/smp_affinity_list" || continue
    current=$REPLY irq=${folder##*/} target=$system
    if [[ $nic_irqs == *" $irq "* ]]; then
      target=$near
    else
      expand_cpus "$current"
      intersect_cpus "$REPLY" "$forbidden"
      [[ -n $REPLY ]] || continue
    fi
    compress_cpus "$target"
    want list "/proc/irq/$irq/smp_affinity_list" "$REPLY"
  done
}

# Housekeeping CPUs for the NIC's interrupts: on its node, if there are such.
near_nic() {
  local cpu out=()
  for cpu in $SYSTEM; do [[ ${NODE[$cpu]} != "$HOT_NODE" ]] || out+=("$cpu"); done
  REPLY="${out[*]:-$SYSTEM}"
}

# A virtio interface's interrupts belong to the device above it.
nic_interrupts() {
  local folder file out=()
  for folder in "$ROOT/sys/class/net/$NIC/device/msi_irqs" "$ROOT/sys/class/net/$NIC/device/../msi_irqs"; do
    [[ -n $NIC && -d $folder ]] || continue
    for file in "$folder"/[0-9]*; do out+=("${file##*/}"); done
    break
  done
  REPLY="${out[*]}"
}

plan_workqueues() {
  mask_of_cpus "$SYSTEM"
  want_if_there mask /sys/devices/virtual/workqueue/cpumask "$REPLY"
}

# The preference goes first: under the performance governor some drivers accept no other.
plan_frequency() {
  local cpu folder found=0
  for cpu in "${HOT[@]}"; do
    folder=/sys/devices/system/cpu/cpu$cpu/cpufreq
    want_if_there word "$folder/energy_performance_preference" performance
    [[ ! -e $ROOT$folder/scaling_governor ]] || found=1
    want_if_there word "$folder/scaling_governor" performance
  done
  ((found)) || NOTES+=("frequency: this machine offers no governor (in a virtual machine the host decides)")
}

plan_memory() {
  want_if_there word /proc/sys/vm/stat_interval 120
  want_if_there word /proc/sys/kernel/numa_balancing 0
}

# Programs that would undo what is written here.
find_opponents() {
  local file
  for file in "$ROOT"/proc/[0-9]*/comm; do
    read_line "$file" || continue
    case $REPLY in
      irqbalance) LIMITS+=("irqbalance runs and will move interrupts back: systemctl stop irqbalance") ;;
      tuned) LIMITS+=("tuned runs and may set the governor back: choose a profile that leaves it alone") ;;
    esac
  done
}
