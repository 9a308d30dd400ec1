# Sourced by the doors: installs Debian packages whose command, of the same name, is missing, or says so and ends.

PATH=$PATH:/usr/sbin # haproxy is there, and not every user has it on PATH

install_packages() { # package ...
  local package sudo='' missing=()
  for package in "$@"; do
    command -v "$package" >/dev/null || missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  if ! command -v apt-get >/dev/null; then
    echo "${missing[*]} missing, and there is no apt-get to install it with: install it by hand." >&2
    exit 1
  fi
  if [ "$(id -u)" -ne 0 ]; then
    sudo=sudo
    if ! command -v sudo >/dev/null; then
      echo "${missing[*]} missing, and root or sudo is needed to install it: install it by hand." >&2
      exit 1
    fi
  fi
  echo "installing ${missing[*]} ..." >&2
  case " ${missing[*]} " in *" gcc "*) missing+=(libc6-dev) ;; esac # the headers
  { $sudo apt-get update -qq &&
    $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"; } >/dev/null || {
    echo "apt-get could not install ${missing[*]}." >&2
    exit 1
  }
}
