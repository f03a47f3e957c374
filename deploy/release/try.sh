#!/bin/sh
# deploy/release/try.sh FOLDER: tries the package that is installed in FOLDER, as somebody who has just installed it would.
set -eu
cd "$1"
fail() {
  echo "$*" >&2
  exit 1
}
program=node_modules/briefing-bot/bin/briefing.js
briefing() { node "$program" "$@"; }
contains() {
  case "$1" in *"$2"*) ;; *) fail "expected “$2” in: $1" ;; esac
}
export SEMANTIC_SEARCH="${SEMANTIC_SEARCH:-on}"

echo "version: $(briefing --version)"

topic=$(briefing topics | head -n 1 | cut -d' ' -f1)
contains "$(briefing ask "/${topic#/}")" 'paragraph'
echo "ask: answers on ${topic}"
contains "$(briefing ask --json 'who won the lottery on the moon?')" '"verdict":"declined"'
echo "ask: declines"
contains "$(briefing digest preview)" 'paragraph'
echo "digest preview: is there"

# No argument starts the demo, here on any free port.
PORT=0 node "$program" >started.log 2>&1 &
bot=$!
trap 'kill "$bot" 2>/dev/null || true' EXIT
attempt=0
until grep -q 'http://' started.log; do
  attempt=$((attempt + 1))
  [ "$attempt" -le 300 ] && kill -0 "$bot" 2>/dev/null || fail "it does not start: $(cat started.log)"
  sleep 0.2
done
url=$(sed -n 's/.*\(http:[^ ]*[0-9]\).*/\1/p' started.log | head -n 1)
contains "$(node -e 'fetch(process.argv[1] + "/readyz").then((answer) => answer.text()).then(console.log)' "$url")" '"ready":true'
echo "start: ready at ${url}"
kill "$bot"
wait "$bot" || fail "it does not end well: $(cat started.log)"
trap - EXIT
echo "start: ends when it is told to"

briefing init newsroom >/dev/null
[ -f newsroom/.github/workflows/lint.yml ] && [ -d newsroom/content ] || fail 'init wrote no repository'
printf '<h1>The Bridge</h1><p>The council closed the bridge in May.</p><p>It will open in spring, said Ada Brown.</p>' >bridge.html
CONTENT_DIR=newsroom/content briefing import bridge.html >/dev/null
CONTENT_DIR=newsroom/content briefing lint >/dev/null
echo "init, import, lint: a newsroom's repository with a draft"
