#!/usr/bin/env bash
# Slurm on one node, without systemd, beside any other that runs there: daemons, ports, keys and files of its own.
# Debian packages slurm-wlm and munge; root alone may.
#
#   one_node.sh start FOLDER     FOLDER is empty, and of root's; then export SLURM_CONF=FOLDER/slurm.conf
#   one_node.sh stop FOLDER      ends every daemon that was started, however far that came
set -euo pipefail

here=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")
action=${1:?start or stop}
folder=$(readlink -f "${2:?folder of the daemons}")
export SLURM_CONF=$folder/slurm.conf

wait_until() {  # wait_until SECONDS COMMAND...
  local left=$(($1 * 10))
  shift
  until "$@" >/dev/null 2>&1; do
    ((left-- > 0)) || return 1
    sleep 0.1
  done
}

free_ports() {
  /usr/bin/python3 - <<'PORTS'
import socket
two = [socket.socket() for _ in range(2)]
for one in two:
    one.bind(("127.0.0.1", 0))
print(*(one.getsockname()[1] for one in two))
PORTS
}

is_idle() { sinfo --noheader --format=%t | grep -qx idle; }
is_gone() { ! kill -0 "$1"; }

start() {
  mkdir -p "$folder"/{state,spool}
  local host control_port node_port
  host=$(hostname -s)
  read -r control_port node_port < <(free_ports)
  sed -e "s|@FOLDER@|$folder|g; s|@HOST@|$host|g; s|@CONTROL_PORT@|$control_port|; s|@NODE_PORT@|$node_port|" \
    "$here/slurm.conf.in" >"$SLURM_CONF"
  head -c 1024 /dev/urandom >"$folder/munge.key"
  chmod 600 "$folder/munge.key"
  # Those who ask need the socket alone; --force, as the folder may lie below one that all may write to.
  munged --force --key-file="$folder/munge.key" --socket="$folder/munge.socket" \
    --pid-file="$folder/munged.pid" --log-file="$folder/munged.log" --seed-file="$folder/munge.seed"
  slurmctld -f "$SLURM_CONF"
  slurmd -f "$SLURM_CONF" -N "$host"
  wait_until 60 is_idle || { sinfo >&2; tail -n 20 "$folder"/*.log >&2; return 1; }
}

stop() {
  if [ -e "$folder/slurmctld.pid" ]; then timeout 20 scontrol shutdown >/dev/null 2>&1 || true; fi
  local daemon pid
  for daemon in slurmctld slurmd munged; do
    pid=$(cat "$folder/$daemon.pid" 2>/dev/null) || continue
    [ "$daemon" != munged ] && wait_until 10 is_gone "$pid" && continue
    kill "$pid" 2>/dev/null || continue
    wait_until 10 is_gone "$pid" || kill -KILL "$pid" 2>/dev/null || true
  done
}

case $action in
  start) start ;;
  stop) stop ;;
  *) echo "one_node.sh: start or stop, not '$action'" >&2; exit 2 ;;
esac
