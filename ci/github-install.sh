#!/usr/bin/env bash
# Finds presscheck for action.yml: on the PATH, among the assets of a release, or as what has to be built.
#   github-install.sh find     writes the outputs `presscheck`, and where it has to be built `root`, `key` and `build`
#   github-install.sh build    builds $BUILD into $ROOT
set -euo pipefail

case ${RUNNER_OS:-Linux} in Windows) exe=.exe ;; *) exe= ;; esac

say() { printf '%s\n' "$*"; }
fail() {
  say "::error title=presscheck::$*"
  exit 2
}
output() { printf '%s=%s\n' "$1" "$2" >> "$GITHUB_OUTPUT"; }
# Of standard input; macOS has the second alone.
sha256() { if command -v sha256sum > /dev/null; then sha256sum; else shasum -a 256; fi | cut -d ' ' -f 1; }

# The name that Rust has for this machine, which is part of the asset's name.
target() {
  case ${RUNNER_OS:-}-${RUNNER_ARCH:-} in
    Linux-X64) say x86_64-unknown-linux ;;
    Linux-ARM64) say aarch64-unknown-linux ;;
    macOS-X64) say x86_64-apple-darwin ;;
    macOS-ARM64) say aarch64-apple-darwin ;;
    Windows-X64) say x86_64-pc-windows ;;
    Windows-ARM64) say aarch64-pc-windows ;;
  esac
}

# Fetches the asset of release $1 into folder $2; false if there is none. Of two for Linux the static one, which runs everywhere: musl
# comes after gnu.
release() {
  local target archive sums expected found
  target=$(target)
  if [ -z "$target" ] || [ -z "$ACTION_REPOSITORY" ] || ! command -v gh > /dev/null; then return 1; fi
  mkdir -p "$2/asset"
  gh release download "$1" --repo "$ACTION_REPOSITORY" --dir "$2/asset" --clobber --pattern "presscheck*$target*" > "$2/log" 2>&1 || return 1
  archive=$(find "$2/asset" -type f \( -name '*.tar.gz' -o -name '*.tar.xz' -o -name '*.zip' \) | LC_ALL=C sort -r | head -n 1)
  [ -n "$archive" ] || return 1
  sums=$archive.sha256
  if [ -f "$sums" ]; then
    read -r expected _ < "$sums" || [ -n "$expected" ]
    found=$(sha256 < "$archive")
    [ "$expected" = "$found" ] || fail "the checksum of ${archive##*/} of release $1 is wrong"
  fi
  mkdir -p "$2/bin"
  case $archive in
    *.zip) unzip -q -o "$archive" -d "$2/bin" ;;
    *) tar -xf "$archive" -C "$2/bin" ;;
  esac
  presscheck=$(find "$2/bin" -type f -name "presscheck$exe" | head -n 1)
  [ -n "$presscheck" ]
}

find_it() {
  local version=${PRESSCHECK_VERSION:-} root=$RUNNER_TEMP/presscheck-tool release='' server=${GITHUB_SERVER_URL:-https://github.com}
  if [ "$version" = installed ]; then
    command -v presscheck > /dev/null || fail "no presscheck is on the PATH; install it in a step before, or leave version out"
    output presscheck "$(command -v presscheck)"
    return
  fi
  # A release is asked for by its number; the action's own only where it is used by one.
  if [[ $version =~ ^v?[0-9]+\.[0-9]+\.[0-9]+(-.+)?$ ]]; then
    release=v${version#v}
  elif [ -z "$version" ] && [[ $ACTION_REF =~ ^v[0-9]+\.[0-9]+\.[0-9]+(-.+)?$ ]]; then
    release=$ACTION_REF
  fi
  if [ -n "$release" ] && release "$release" "$root"; then
    say "presscheck of release $release"
    output presscheck "$presscheck"
    return
  fi
  [ -z "$release" ] || say "release $release has no program for this machine; it is built instead"
  output presscheck "$root/built/bin/presscheck$exe"
  output root "$root/built"
  if [ -z "$version" ]; then
    # The action's own source: the very version that the workflow names.
    cd "$GITHUB_ACTION_PATH"
    output build .
    output key "$(find Cargo.toml Cargo.lock build.rs src crates templates -type f 2> /dev/null | LC_ALL=C sort | tr '\n' '\0' | xargs -0 cat | sha256)"
  else
    [ -n "$ACTION_REPOSITORY" ] || fail "version needs the action by its name, as OWNER/presscheck@REF; by its path it has only its own version"
    if [ -n "$release" ]; then version="--tag $release"; else version="--rev $version"; fi
    output build "$server/$ACTION_REPOSITORY $version"
    output key "$(say "$ACTION_REPOSITORY $version" | sha256)"
  fi
}

build() {
  : "${ROOT:?}" "${BUILD:?}"
  command -v cargo > /dev/null || fail "presscheck has to be built, and there is no Rust; install Rust in a step before, or name a release with version"
  if [ "$BUILD" = . ]; then
    cargo install --locked --root "$ROOT" --path "$GITHUB_ACTION_PATH"
  else
    local address kind revision
    read -r address kind revision <<< "$BUILD"
    cargo install --locked --root "$ROOT" --git "$address" "$kind" "$revision" presscheck
  fi
}

case ${1:-} in
  find) find_it ;;
  build) build ;;
  *) fail "github-install.sh takes find or build" ;;
esac
