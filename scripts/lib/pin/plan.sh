# shellcheck shell=bash
# Which thread gets which core. A role takes a whole physical core, its sibling stays idle; when cores run out, readers
# share the siblings of other readers and of the publisher, never the engine's. What is left is housekeeping.

declare -ga ROLES=() HOT=() IDLE=()
declare -gA CPU_OF=() SHARED=()
declare -g HOUSEKEEPING="" SERVICE="" SYSTEM="" ISOLATION="" PARTITION_TYPE="" CORE_MAP="" HOT_NODE=0
declare -g ENGINE_WAIT=blocking PUBLISHER_WAIT=blocking RECEIVE=blocking PLAN_KEY=""

make_plan() {
  local count=${#CPUS[@]} role
  ((count >= 2)) || refuse "there is one CPU only: nothing can be isolated from the rest"
  ((count >= 4 || FORCE)) ||
    refuse "there are $count CPUs, fewer than 4: pinning would starve the rest; --force does it all the same"
  choose_node
  read -ra ROLES <<<"engine publisher ${VENUES//,/ }"
  take_cores
  split_housekeeping
  choose_waits
  describe_plan
}

# The NIC's node, else the node with most physical cores beside CPU 0's.
choose_node() {
  local -A cores=()
  local cpu best=-1
  HOT_NODE=${NODE[${CPUS[0]}]}
  if ((NIC_NODE >= 0)); then
    HOT_NODE=$NIC_NODE
    return
  fi
  for cpu in "${CPUS[@]}"; do
    [[ ${CORE[$cpu]} == "$cpu" && $cpu != "${CPUS[0]}" ]] || continue
    cores[${NODE[$cpu]}]=$((${cores[${NODE[$cpu]}]:-0} + 1))
  done
  for cpu in "${CPUS[@]}"; do
    ((${cores[${NODE[$cpu]}]:-0} <= best)) || { best=${cores[${NODE[$cpu]}]:-0}; HOT_NODE=${NODE[$cpu]}; }
  done
}

# Physical cores by preference in REPLY: the node, then what the boot line has isolated, then number. Never CPU 0's.
free_cores() {
  local pass cpu rank cores=()
  for pass in 0 1 2 3; do
    for cpu in "${CPUS[@]}"; do
      [[ ${CORE[$cpu]} == "$cpu" && ${CORE[$cpu]} != "${CORE[${CPUS[0]}]}" ]] || continue
      rank=0
      [[ ${NODE[$cpu]} == "$HOT_NODE" ]] || rank=2
      [[ -z $BOOT_ISOLATED || " $BOOT_ISOLATED " == *" $cpu "* ]] || rank=$((rank + 1))
      ((rank != pass)) || cores+=("$cpu")
    done
  done
  REPLY="${cores[*]}"
}

take_cores() {
  local left=${#CPUS[@]} keep=1 role cpu sibling cores=() spare=() next=0 size
  ((left <= 4)) || keep=2
  free_cores
  read -ra cores <<<"$REPLY"
  for role in "${ROLES[@]}"; do
    if ((next < ${#cores[@]})); then
      cpu=${cores[next]}
      read -ra size <<<"${SIBLINGS[$cpu]}"
      if ((left - ${#size[@]} >= keep)); then
        next=$((next + 1)) left=$((left - ${#size[@]}))
        CPU_OF[$role]=$cpu HOT+=("$cpu")
        [[ ${NODE[$cpu]} == "$HOT_NODE" ]] || NOTES+=("$role is on node ${NODE[$cpu]}: node $HOT_NODE has no core left")
        for sibling in "${size[@]:1}"; do
          IDLE+=("$sibling")
          [[ $role == engine ]] || spare+=("$sibling")
        done
        continue
      fi
    fi
    share_core "$role"
  done
}

# Uses take_cores' list of siblings that another role may have.
share_core() {
  if ((${#spare[@]} == 0)); then
    NOTES+=("$1 has no core of its own: it stays on the service CPUs and waits blocking")
    return
  fi
  local cpu=${spare[0]}
  spare=("${spare[@]:1}")
  CPU_OF[$1]=$cpu SHARED[$1]=1 HOT+=("$cpu")
  subtract_cpus "${IDLE[*]}" "$cpu"
  read -ra IDLE <<<"$REPLY"
  NOTES+=("$1 shares a physical core with CPU ${CORE[$cpu]}: each slows the other while both spin")
}

# Housekeeping is what is left. SERVICE runs the server's other threads, SYSTEM everything else; they differ only when
# the server lives in a partition, out of which its threads cannot reach.
split_housekeeping() {
  subtract_cpus "${CPUS[*]}" "${HOT[*]} ${IDLE[*]}"
  HOUSEKEEPING=$REPLY
  SYSTEM=$HOUSEKEEPING SERVICE=$HOUSEKEEPING
  choose_isolation
  if [[ $ISOLATION == partition ]]; then
    choose_service
    subtract_cpus "$HOUSEKEEPING" "$SERVICE"
    SYSTEM=$REPLY
    PARTITION_TYPE=isolated
    ((SERVICE_COUNT == 1)) || PARTITION_TYPE=root
  fi
}

choose_isolation() {
  local count
  count=$(wc -w <<<"$HOUSEKEEPING")
  ISOLATION=none
  [[ $ISOLATE != none ]] || { NOTES+=("nothing is isolated, as --isolation none asks"); return; }
  case $CGROUPS in
    v1) not_isolated "the cpuset controller is on cgroup v1, which has no partitions"; return ;;
    none) not_isolated "there is no cgroup hierarchy with the cpuset controller"; return ;;
  esac
  ISOLATION=slices
  [[ $ISOLATE != slices ]] || return 0
  if ! kernel_is 6 1; then
    no_partition "kernel '$KERNEL' has no isolated partitions (6.1 has)"
  elif ((count <= SERVICE_COUNT)); then
    no_partition "it needs $SERVICE_COUNT service CPUs of its own, and there are $count housekeeping CPUs in all"
  else
    ISOLATION=partition
  fi
}

not_isolated() {
  [[ $ISOLATE == auto ]] || refuse "--isolation $ISOLATE: $1"
  LIMITS+=("isolation: $1; the boot parameters isolate without")
}

no_partition() {
  [[ $ISOLATE != partition ]] || refuse "--isolation partition: $1"
  NOTES+=("slices instead of a partition: $1")
}

# Service CPUs: near the engine, away from CPU 0 and from what the boot line has isolated, as far as there are such.
choose_service() {
  local pass cpu rank out=()
  for pass in 0 1 2 3 4 5 6; do
    for cpu in $HOUSEKEEPING; do
      [[ $cpu != "${CPUS[0]}" ]] || continue
      rank=0
      [[ ${NODE[$cpu]} == "$HOT_NODE" ]] || rank=1
      [[ ${CORE[$cpu]} != "${CORE[${CPUS[0]}]}" ]] || rank=$((rank + 2))
      [[ " $BOOT_ISOLATED " != *" $cpu "* ]] || rank=$((rank + 3))
      ((rank != pass || ${#out[@]} >= SERVICE_COUNT)) || out+=("$cpu")
    done
  done
  SERVICE="${out[*]}"
}

# A thread spins only on a core that is its own.
choose_waits() {
  local role readers=1
  [[ -z ${CPU_OF[engine]:-} ]] || ENGINE_WAIT=busy-spin
  [[ -z ${CPU_OF[publisher]:-} ]] || PUBLISHER_WAIT=busy-spin
  for role in "${ROLES[@]:2}"; do [[ -n ${CPU_OF[$role]:-} ]] || readers=0; done
  ((readers == 0)) || RECEIVE=polling
}

describe_plan() {
  local role
  for role in "${ROLES[@]}"; do
    [[ -z ${CPU_OF[$role]:-} ]] || CORE_MAP+=",$role:${CPU_OF[$role]}"
  done
  CORE_MAP=${CORE_MAP#,}
  [[ -n $CORE_MAP ]] || refuse "no core is free for the engine: CPU 0 and its siblings stay housekeeping"
  PLAN_KEY="$CORE_MAP idle=${IDLE[*]} service=$SERVICE system=$SYSTEM"
  PLAN_KEY+=" isolation=$ISOLATION/$PARTITION_TYPE nic=$NIC"
}

# What the server is told, by its environment: flags of the command line still win.
server_environment() {
  local highest=0 cpu
  for cpu in "${CPUS[@]}"; do ((cpu <= highest)) || highest=$cpu; done
  ENVIRONMENT=(
    "QUOTER_CORES=$CORE_MAP"
    "QUOTER_ENGINE_WAIT=$ENGINE_WAIT"
    "QUOTER_PUBLISHER_WAIT=$PUBLISHER_WAIT"
    "QUOTER_RECEIVE=$RECEIVE"
    "DOTNET_PROCESSOR_COUNT=$((highest + 1))"
  )
  ((VENUES_GIVEN == 0)) || ENVIRONMENT+=("QUOTER_VENUES=$VENUES")
}

boot_parameters() {
  compress_cpus "${HOT[*]} ${IDLE[*]}"
  local hot=$REPLY
  compress_cpus "$HOUSEKEEPING"
  REPLY="rcu_nocb_poll irqaffinity=$REPLY skew_tick=1 nosoftlockup"
  REPLY="isolcpus=domain,managed_irq,$hot nohz_full=$hot rcu_nocbs=$hot $REPLY"
}

# The name of a role's thread, as the server gives it and Linux cuts it.
thread_of() {
  case $1 in
    engine | publisher) REPLY=$1 ;;
    *) REPLY="feed-${1:0:10}" ;;
  esac
}
