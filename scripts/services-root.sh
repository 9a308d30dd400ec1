# Sourced by scripts/services: servers without Docker, inside a Debian folder (chroot). Nothing is mounted, so the data
# is in there too. A process belongs to an instance if it runs a program of the folder in the server's data folder: that
# finds backends and orphans, and a stale pid file can never name a stranger.

root=$services/trixie
instances=$root/srv
packages=postgresql-17-timescaledb,valkey-server

if [ "$(id -u)" -ne 0 ]; then
  command -v sudo >/dev/null ||
    die "no Docker engine answers, and without one root or sudo is needed (chroot): start Docker or become root"
  exec sudo env TRADE_CANVAS_SERVICES_DIR="$services" "$scripts/services" "${arguments[@]}"
fi

prepare() {
  [ ! -d "$root" ] || return 0
  . "$scripts/install-packages.sh"
  install_packages mmdebstrap
  say "making a folder with the servers in $root, half a minute ..."
  rm -rf --one-file-system "$root.new"
  mmdebstrap --quiet --variant=minbase --include="$packages" trixie "$root.new" >"$root.log" 2>&1 </dev/null ||
    die "mmdebstrap failed: $(tail -n 20 "$root.log")"
  mv --no-target-directory "$root.new" "$root"
}

inside() { # user, command ...
  local user=$1
  shift
  chroot --userspec="$user:$user" "$root" \
    /usr/bin/env -i LC_ALL=C.UTF-8 PATH=/usr/lib/postgresql/17/bin:/usr/bin:/bin "$@" 9>&-
}

pids() {
  local link
  find /proc/[0-9]* -maxdepth 1 -name cwd -lname "$folder/$1" 2>/dev/null | while read -r link; do
    [[ $(readlink "${link%cwd}exe") != "$root"/* ]] || basename "${link%/cwd}"
  done
}

main_pid() {
  local file=$folder/postgres/postmaster.pid pid
  [ "$1" = postgres ] || file=$folder/redis/valkey.pid
  pid=$(head -n 1 "$file" 2>/dev/null) || return 0
  pids "$1" | grep -x -e "$pid" || true
}

is_paused() { grep -qs '^State:[[:space:]]*T' "/proc/$1/status"; }

state() {
  local pid
  pid=$(main_pid "$1")
  if [ -z "$pid" ]; then echo stopped; elif is_paused "$pid"; then echo paused; else echo running; fi
}

details() {
  local pid
  pid=$(main_pid "$1")
  echo "pid=${pid:-none} log=$folder/$1.log data=$folder/$1"
}

signal() { # signal, pid ...; one that has just ended is no error
  kill -s "$@" 2>/dev/null || true
}

signal_all() { # signal, server
  local all
  mapfile -t all < <(pids "$2")
  [ ${#all[@]} -eq 0 ] || signal "$1" "${all[@]}"
}

await() { # seconds, command ...
  local end=$((SECONDS + $1))
  shift
  until "$@"; do
    [ $SECONDS -lt $end ] || return 1
    sleep 0.02
  done
}

is_gone() { [ -z "$(pids "$1")" ]; }

kill_all() {
  signal_all KILL "$1"
  await 10 is_gone "$1" || die "$1 of instance $name does not end: $(pids "$1")"
}

start_server() {
  kill_all "$1" # orphans of a killed postmaster hold its shared memory
  "start_$1" # not before ||, which would switch set -e off in it
}

not_started() { die "$1 of instance $name did not start: $(tail -n 20 "$folder/$1.log")"; }

start_postgres() {
  local data=/srv/$name/postgres options setting
  [ -d "$folder/postgres" ] || create_database
  rm -f "$folder/postgres/postmaster.pid" # its pid may be a stranger's by now, which PostgreSQL takes for a postmaster
  options="-p $(port_of postgres)"
  for setting in listen_addresses=127.0.0.1 unix_socket_directories= max_connections=200 \
    shared_preload_libraries=timescaledb timescaledb.telemetry_level=off; do
    options+=" -c $setting"
  done
  inside postgres pg_ctl -D "$data" -l "$data.log" -o "$options" -w -t 120 start >/dev/null ||
    not_started postgres
}

create_database() { # under another name first, so that what was cut short is made again
  local made=/srv/$name/postgres.new
  rm -rf "$root$made"
  mkdir "$root$made"
  touch "$folder/postgres.log"
  echo trade_canvas >"$folder/password"
  chroot "$root" chown postgres:postgres "$made" "/srv/$name/postgres.log"
  inside postgres initdb --username=trade_canvas --pwfile="/srv/$name/password" --auth=scram-sha-256 --encoding=UTF8 \
    --locale=C.UTF-8 "$made" >"$folder/postgres.log" 2>&1 || not_started postgres
  echo "CREATE DATABASE trade_canvas" |
    inside postgres postgres --single -D "$made" postgres >>"$folder/postgres.log" 2>&1 || not_started postgres
  rm "$folder/password"
  mv --no-target-directory "$root$made" "$folder/postgres"
}

start_redis() {
  local data=/srv/$name/redis
  mkdir -p "$folder/redis"
  touch "$folder/redis.log"
  rm -f "$folder/redis/valkey.pid"
  chroot "$root" chown valkey:valkey "$data" "$data.log"
  # saved when it ends cleanly and once an hour: enough for what a restart of the machine should keep
  inside valkey valkey-server --port "$(port_of redis)" --bind 127.0.0.1 --dir "$data" --save 3600 1 \
    --pidfile "$data/valkey.pid" --logfile "$data.log" --daemonize yes >/dev/null
  await 20 redis_answers || not_started redis
}

redis_answers() {
  [ -n "$(main_pid redis)" ] && [ "$(inside valkey valkey-cli -p "$(port_of redis)" ping 2>/dev/null)" = PONG ]
}

stop_server() {
  if [ "$1" = postgres ]; then
    # What pg_ctl -m immediate sends, to each process, so that a paused one ends before it can answer anything.
    signal QUIT "$(main_pid postgres)"
    signal_all QUIT postgres
    signal_all CONT postgres
    await 5 is_gone postgres || true
  fi
  kill_all "$1"
}

end_server() { # cleanly
  local pid
  pid=$(main_pid "$1")
  if [ -n "$pid" ]; then
    resume_server "$1"
    signal "$([ "$1" = postgres ] && echo INT || echo TERM)" "$pid"
    await 60 is_gone "$1" || say "$1 of instance $name did not end within 60 s and is killed"
  fi
  kill_all "$1"
}

pause_server() {
  local pid
  pid=$(main_pid "$1")
  signal STOP "$pid"
  await 5 is_paused "$pid" || die "$1 of instance $name does not stop" # from here on nothing is forked
  signal_all STOP "$1"
}

resume_server() { signal_all CONT "$1"; }

remove_data() { rm -rf --one-file-system "$folder"; }
