# shellcheck shell=bash
# Sourced after parts/state.sh: Debian packages from newer suites, without touching /etc/apt.
#
# The newer suites live in an apt configuration of our own in the state folder, beside links to the
# machine's. So the machine's own `apt-get update` and `upgrade` never see them, and every address
# and key is the one that the machine is configured with.

newer_suites=(trixie sid)

# os_release NAME: a value of /etc/os-release, or nothing.
os_release() {
  [ -r /etc/os-release ] || return 0
  # shellcheck source=/dev/null
  (. /etc/os-release && printf '%s' "${!1:-}")
}

distribution() { os_release ID; }
codename() { os_release VERSION_CODENAME; }

# The distribution with its release, as people write it.
system_name() { local id; id=$(distribution); printf '%s %s' "${id^}" "${1:-$(codename)}"; }

# The machine's own package sources, one "URI SUITE KEYRING" a line ("-" for no keyring), for
# the running release only: third-party repositories are none of our business.
machine_sources() {
  local uri suite keyring
  { deb822_sources; one_line_sources; } | while read -r uri suite keyring; do
    case $suite in
      "$(codename)" | "$(codename)"-updates | "$(codename)"-security)
        printf '%s %s %s\n' "$(plain_uri "$uri")" "$suite" "$keyring" ;;
    esac
  done
}

# Every URI and suite of *.sources; stanzas are separated by empty lines, switched off by Enabled: no.
deb822_sources() {
  local file
  for file in /etc/apt/sources.list.d/*.sources; do
    [ -r "$file" ] || continue
    awk '
      function flush(  i, j, n, m, us, ss) {
        n = split(uris, us, " "); m = split(suites, ss, " ")
        if (types ~ /(^| )deb( |$)/ && !off)
          for (i = 1; i <= n; i++) for (j = 1; j <= m; j++) print us[i], ss[j], (key ~ /^\// ? key : "-")
        types = uris = suites = key = ""; off = 0
      }
      /^#/ { next }
      /^[ \t]*$/ { flush(); next }
      { field = tolower($1); value = $0; sub(/^[^:]*:[ \t]*/, "", value) }
      field == "types:" { types = value }
      field == "uris:" { uris = value }
      field == "suites:" { suites = value }
      field == "signed-by:" { key = $2 }
      field == "enabled:" { off = tolower($2) == "no" }
      END { flush() }
    ' "$file"
  done
}

one_line_sources() {
  local file
  for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.list; do
    [ -r "$file" ] || continue
    awk '
      $1 != "deb" { next }
      {
        key = "-"
        if (match($0, /\[[^]]*\]/)) {
          options = substr($0, RSTART + 1, RLENGTH - 2)
          if (match(options, /signed-by=[^ ]+/)) key = substr(options, RSTART + 10, RLENGTH - 10)
          sub(/\[[^]]*\]/, "")
        }
        print $2, $3, key
      }
    ' "$file"
  done
}

# Cloud images list their mirrors in a file, which neither debootstrap nor a container could read.
plain_uri() {
  case $1 in
    mirror+file:*)
      awk '!/^#/ && NF { print $1; exit }' "${1#mirror+file:}" ;;
    *) printf '%s' "$1" ;;
  esac
}

# The machine's mirror of its own release, as "URI KEYRING".
mirror() {
  local uri suite keyring
  while read -r uri suite keyring; do
    [ "$suite" = "$(codename)" ] || continue
    printf '%s %s\n' "$uri" "$keyring"
    return
  done < <(machine_sources)
  fail "no package source for $(system_name) in /etc/apt"
}

# source_line URI SUITE KEYRING
source_line() {
  local options=
  [ "$3" = - ] || options="[signed-by=$3] "
  printf 'deb %s%s %s main\n' "$options" "$1" "$2"
}

# apt_setting NAME DEFAULT
apt_setting() { apt-config dump --format '%v%n' "$1" 2>/dev/null | head -n 1 | grep . || printf '%s' "$2"; }

# Writes the private apt configuration and reads the package lists, once a run.
open_apt() {
  [ -z "${apt_open:-}" ] || return 0
  apt_open=yes
  export DEBIAN_FRONTEND=noninteractive
  rm -rf "$state/apt/sources.list.d" "$state/apt/preferences.d"
  mkdir -p "$state/apt/sources.list.d" "$state/apt/preferences.d" "$state/apt/lists/partial"
  link_all /etc/apt/sources.list.d "$state/apt/sources.list.d"
  link_all /etc/apt/preferences.d "$state/apt/preferences.d"
  if [ "$(distribution)" = debian ]; then add_newer_suites; fi
  say "reading the package lists"
  logged "apt-get update" private_apt get update
}

link_all() {
  local file
  for file in "$1"/*; do
    [ ! -e "$file" ] || ln -s "$file" "$2/"
  done
}

# Low pins: a package comes from these suites only when asked for by suite, or as a dependency that
# cannot be had otherwise.
add_newer_suites() {
  local suite uri keyring pin=50
  read -r uri keyring < <(mirror)
  for suite in "${newer_suites[@]}"; do
    if [ "$suite" != "$(codename)" ]; then
      source_line "$uri" "$suite" "$keyring" >"$state/apt/sources.list.d/stackwright-$suite.list"
      printf 'Package: *\nPin: release n=%s\nPin-Priority: %s\n' "$suite" "$pin" \
        >"$state/apt/preferences.d/stackwright-$suite"
    fi
    pin=$((pin - 10))
  done
}

# private_apt {get|cache} ARGS...
# Images of Debian switch apt's binary caches off, which makes each of our look-ups parse all lists.
private_apt() {
  local tool=apt-$1
  shift
  "$tool" -o Dir::State::Lists="$state/apt/lists" \
    -o Dir::Etc::SourceParts="$state/apt/sources.list.d" \
    -o Dir::Etc::PreferencesParts="$state/apt/preferences.d" \
    -o Dir::Cache::pkgcache="$state/apt/pkgcache.bin" \
    -o Dir::Cache::srcpkgcache="$state/apt/srcpkgcache.bin" \
    -o Acquire::Languages=none -o Acquire::Retries=3 -o DPkg::Lock::Timeout=300 "$@"
}

# choose PACKAGE WANTED [ACCEPTED]: prints "PACKAGE/SUITE VERSION" of the first suite, oldest first,
# that has the wanted version and can be installed here without removing anything; failing that, the
# accepted version.
choose() {
  local package=$1 minimum version suite
  shift
  for minimum in "$@"; do
    while read -r version suite; do
      at_least "$version" "$minimum" || continue
      private_apt get -s install --no-install-recommends --no-remove "$package/$suite" \
        >>"$log" 2>&1 </dev/null || continue
      printf '%s/%s %s\n' "$package" "$suite" "$version"
      return
    done < <(versions "$package")
  done
  return 1
}

# versions PACKAGE: "VERSION SUITE" a line, oldest version first.
versions() {
  private_apt cache madison "$1" 2>>"$log" |
    awk '$NF == "Packages" { sub(/\/.*/, "", $6); print $3, $6 }' | sort -V
}

# install_packages NAME[/SUITE]...: never removes a package, never asks.
install_packages() {
  logged "installing $*" private_apt get install -y --no-install-recommends --no-remove \
    -o Dpkg::Options::=--force-confold "$@"
}
