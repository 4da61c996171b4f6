#!/usr/bin/env bash
# The server under load: 50 clients at once have the 200-page sample novel checked, by ApacheBench (ab, of Debian's package
# apache2-utils); then `presscheck batch` checks as many copies of the book. Prints errors, throughput of both and their
# ratio, memory of the server with its workers, and how long a further client waits for its first event.
#
#   cargo build --release && benches/serve.sh [CHECKS]
#
# Measured in November 2026 on two cores of a shared machine: no error, 255 to 278 MiB. Before each check had its share of the
# processors, release build, 200 checks: 0.95 and 0.82 of what batch does, first events after 0.2 and 1.3 s. Since, development
# build, 80 checks: 0.85 and 0.89, first events after 0.2 s. The further client's check counts for batch alone. Reach: 0.9.
set -euo pipefail
cd "$(dirname "$0")/.."
checks=${1:-300}
program=${PROGRAM:-$PWD/target/release/presscheck}
book=$PWD/test_pdfs/books/novel/interior.pdf
port=8271
token=token-of-the-load-test
work=$(mktemp -d)
trap 'kill "$server" 2> /dev/null || true; rm -rf "$work"' EXIT

"$program" serve --port $port --token $token --log none > "$work/out" &
server=$!
until curl -sf "http://127.0.0.1:$port/healthz" > /dev/null; do sleep 0.1; done

boundary=between-two-parts
{
  printf -- '--%s\r\nContent-Disposition: form-data; name="job"\r\n\r\n{"for": ["kdp"]}\r\n' $boundary
  printf -- '--%s\r\nContent-Disposition: form-data; name="interior"; filename="interior.pdf"\r\n\r\n' $boundary
  cat "$book"
  printf -- '\r\n--%s--\r\n' $boundary
} > "$work/form"

ab -q -n "$checks" -c 50 -s 300 -p "$work/form" -T "multipart/form-data; boundary=$boundary" \
  -H "Authorization: Bearer $token" -H 'Prefer: wait=300' "http://127.0.0.1:$port/api/v1/checks" > "$work/ab" &
load=$!

# While it runs: memory of the server and its workers, and a further client's first event.
most=0
first=
while kill -0 $load 2> /dev/null; do
  kilobytes=$(ps -o rss= --pid $server --ppid $server | awk '{ sum += $1 } END { print sum }')
  if [ "${kilobytes:-0}" -gt $most ]; then most=$kilobytes; fi
  if [ -z "$first" ] && [ "$most" -gt 50000 ]; then
    since=$(date +%s%N)
    events=$(curl -s -H "Authorization: Bearer $token" -F "interior=@$book" "http://127.0.0.1:$port/api/v1/checks" |
      sed -n 's/.*"events":"\([^"]*\)".*/\1/p')
    curl -sN "http://127.0.0.1:$port$events" | head -1 > "$work/event" || true
    first=$((($(date +%s%N) - since) / 1000000))
  fi
  sleep 0.2
done
grep -E 'Complete requests|Failed requests|Non-2xx|Requests per second' "$work/ab"
served=$(sed -n 's/^Requests per second: *\([0-9.]*\).*/\1/p' "$work/ab")
echo "Memory of the server and its workers: $((most / 1024)) MiB"
echo "A further client's first event: $first ms ($(cat "$work/event"))"

mkdir "$work/books"
for number in $(seq "$checks"); do
  cp "$book" "$work/books/book$number-interior.pdf"
  # No two are the same bytes.
  printf '%%%s\n' "$number" >> "$work/books/book$number-interior.pdf"
done
since=$(date +%s%N)
"$program" batch "$work/books" --for kdp --no-cache --quiet -o "$work/results.jsonl" > /dev/null || true
batched=$(awk -v n="$checks" -v ns=$(($(date +%s%N) - since)) 'BEGIN { printf "%.1f", n / (ns / 1e9) }')
echo "Checks a second by batch: $batched"
awk -v a="$served" -v b="$batched" 'BEGIN { printf "The server has %.2f of that\n", a / b }'
