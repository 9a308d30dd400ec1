# Sourced by scripts/services: servers as containers of deploy/compose/services.yaml. Only the ports are files of ours.

instances=$services/docker
project=trade-canvas-services-$name

prepare() {
  docker compose version >/dev/null 2>&1 || die "a Docker engine answers, but its client has no compose plugin"
}

compose() {
  POSTGRES_PORT=$(cat "$folder/postgres.port") REDIS_PORT=$(cat "$folder/redis.port") \
    docker compose --project-name "$project" --file "$scripts/../deploy/compose/services.yaml" "$@" >&2 </dev/null 9>&-
}

container() {
  docker container ls --all --quiet --filter "label=com.docker.compose.project=$project" \
    --filter "label=com.docker.compose.service=$1"
}

inspect() { # server, template
  local id
  id=$(container "$1")
  [ -z "$id" ] || docker container inspect --format "$2" "$id"
}

state() {
  local status
  status=$(inspect "$1" '{{.State.Status}}')
  case $status in running | paused) echo "$status" ;; *) echo stopped ;; esac
}

details() {
  local pid
  pid=$(inspect "$1" '{{.State.Pid}}')
  echo "pid=${pid:-none} log=docker:$project-$1-1 data=volume:${project}_$1"
}

start_server() { compose up --detach --wait "$1" || die "$1 of instance $name did not start"; }

stop_server() {
  [ "$(state "$1")" != paused ] || compose unpause "$1"
  [ "$(state "$1")" = stopped ] || compose kill "$1"
}

end_server() {
  [ "$(state "$1")" != paused ] || compose unpause "$1"
  [ "$(state "$1")" = stopped ] || compose stop "$1"
}

pause_server() { [ "$(state "$1")" = paused ] || compose pause "$1"; }

resume_server() { [ "$(state "$1")" != paused ] || compose unpause "$1"; }

remove_data() {
  compose down --volumes
  rm -rf "$folder"
}
