#!/bin/sh
# Chromium and Java (for the HTML checker) through apt where they are missing and we may.
set -u
missing=""
command -v chromium >/dev/null || missing="chromium"
command -v java >/dev/null || missing="$missing default-jre-headless"
[ -z "$missing" ] && exit 0
if ! command -v apt-get >/dev/null; then
  echo "The browser tests need:$missing. Install them with your package manager." >&2
elif [ "$(id -u)" = 0 ]; then
  echo "Installing:$missing" >&2
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $missing >/dev/null
elif sudo -n true 2>/dev/null; then
  echo "Installing:$missing" >&2
  sudo apt-get update -qq && sudo DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $missing >/dev/null
else
  echo "The browser tests need:$missing. Run: sudo apt-get install$missing" >&2
fi
if [ "${CI:-}" = true ]; then
  command -v chromium >/dev/null || { echo "Chromium is missing, and CI must run the browser tests." >&2; exit 1; }
  command -v java >/dev/null || { echo "Java is missing, and CI must run the HTML checker." >&2; exit 1; }
fi
exit 0
