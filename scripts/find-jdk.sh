# Sourced by the doors: sets JAVA_HOME to a JDK 25 or newer, or says what is missing and ends.

jdk_version() {
  "$1/bin/javac" -version 2>/dev/null | sed -n 's/^javac \([0-9]*\).*/\1/p'
}

find_jdk() {
  local candidate javac
  javac=$(command -v javac || true)
  for candidate in "${JAVA_HOME:-}" "${javac:+$(dirname "$(dirname "$(readlink -f "$javac")")")}" /usr/lib/jvm/*; do
    if [ -n "$candidate" ] && [ -x "$candidate/bin/javac" ] && [ "$(jdk_version "$candidate")" -ge 25 ]; then
      export JAVA_HOME=$candidate
      return
    fi
  done
  echo "JDK 25 is missing: set JAVA_HOME to one, put it on PATH, or install it under /usr/lib/jvm." >&2
  exit 1
}

require_command() {
  command -v "$1" >/dev/null || {
    echo "$1 is missing: $2" >&2
    exit 1
  }
}

find_jdk
require_command mvn "install Maven 3.8 or newer."
require_command npm "install Node.js 20 or newer with npm."
