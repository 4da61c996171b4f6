#!/usr/bin/env bash
# The server under load: 50 clients at once have the 200-page sample novel checked, by ApacheBench (ab, of Debian's package
# apache2-utils), in turn with `presscheck batch` over as many copies of the book. A round is both; prints the throughput
# of each, the median of the rounds' ratios, errors, memory of the server with its workers, and how long a further client
# waits for its first event while 50 others are served.
#
#   cargo build --release && benches/serve.sh [ROUNDS]
#
# Measured in November 2026 on two cores of a shared machine, release build: 0.94 of what batch does (median of 7 rounds, 0.85
# to 0.99; reach: 0.9), no error in 350 checks, 239 MiB, a further client's first event after 0.07 s (reach: 1 s).
set -euo pipefail
cd "$(dirname "$0")/.."
rounds=${1:-7}
checks=50
program=${PROGRAM:-$PWD/target/release/presscheck}
book=$PWD/test_pdfs/books/novel/interior.pdf
port=8271
token=token-of-the-load-test
address=http://127.0.0.1:$port
work=$(mktemp -d)
trap 'kill "$server" 2> /dev/null || true; rm -rf "$work"' EXIT

"$program" serve --port $port --token $token --log none > "$work/out" &
server=$!
until curl -sf "$address/healthz" > /dev/null; do sleep 0.1; done

boundary=between-two-parts
{
  printf -- '--%s\r\nContent-Disposition: form-data; name="job"\r\n\r\n{"for": ["kdp"]}\r\n' $boundary
  printf -- '--%s\r\nContent-Disposition: form-data; name="interior"; filename="interior.pdf"\r\n\r\n' $boundary
  cat "$book"
  printf -- '\r\n--%s--\r\n' $boundary
} > "$work/form"

mkdir "$work/books"
for number in $(seq $checks); do
  cp "$book" "$work/books/book$number-interior.pdf"
  # No two are the same bytes.
  printf '%%%s\n' "$number" >> "$work/books/book$number-interior.pdf"
done

load() {
  ab -q -n $checks -c 50 -s 300 -p "$work/form" -T "multipart/form-data; boundary=$boundary" \
    -H "Authorization: Bearer $token" -H 'Prefer: wait=300' "$address/api/v1/checks" > "$work/ab"
}

a_second() {
  local since
  since=$(date +%s%N)
  "$@"
  awk -v n=$checks -v ns=$(($(date +%s%N) - since)) 'BEGIN { printf "%.2f", n / (ns / 1e9) }'
}

batch() {
  # It would go on where an earlier one ended.
  rm -f "$work/results.jsonl"
  "$program" batch "$work/books" --for kdp --no-cache --quiet -o "$work/results.jsonl" > /dev/null || true
}

failed=0
for round in $(seq "$rounds"); do
  served=$(a_second load)
  failed=$((failed + $(awk '/Failed requests|Non-2xx/ { sum += $NF } END { print sum + 0 }' "$work/ab")))
  batched=$(a_second batch)
  ratio=$(awk -v a="$served" -v b="$batched" 'BEGIN { printf "%.3f", a / b }')
  echo "$ratio" >> "$work/ratios"
  echo "Round $round: $served checks a second by the server, $batched by batch: $ratio"
done

# A further client while 50 others are served, and memory meanwhile.
load &
others=$!
sleep 2
kilobytes=$(ps -o rss= --pid $server --ppid $server | awk '{ sum += $1 } END { print sum }')
since=$(date +%s%N)
events=$(curl -s -H "Authorization: Bearer $token" -F "interior=@$book" "$address/api/v1/checks" |
  sed -n 's/.*"events":"\([^"]*\)".*/\1/p')
# The client itself ends later, when it writes what nobody reads.
read -r event < <(curl -sN "$address$events")
first=$((($(date +%s%N) - since) / 1000000))
wait $others

echo "Memory of the server and its workers: $((kilobytes / 1024)) MiB"
echo "A further client's first event: $first ms ($event)"
echo "Failed requests: $failed of $((rounds * checks))"
sort -n "$work/ratios" | awk '{ r[NR] = $1 } END { print "The server has", r[int((NR + 1) / 2)], "of what batch does (median; " r[1] " to " r[NR] ")" }'
