#!/usr/bin/env bash
# Checks a book for action.yml: reports into a folder, annotations onto standard output, a summary of the job. Ends with 0, so that
# the reports can be kept; the exit code of presscheck is an output.
set -euo pipefail

# Reads lines into the array `lines`, without the blanks around them and without empty ones. Works in the bash of macOS as well.
split() {
  local line
  lines=()
  while IFS= read -r line || [ -n "$line" ]; do
    line=${line%$'\r'}
    line=${line#"${line%%[![:space:]]*}"}
    line=${line%"${line##*[![:space:]]}"}
    [ -z "$line" ] || lines+=("$line")
  done <<< "$1"
}
output() { printf '%s=%s\n' "$1" "$2" >> "$GITHUB_OUTPUT"; }

split "$INPUT_ARGS"
arguments=(--fail-on "${INPUT_FAIL_ON:-error}" ${lines[@]+"${lines[@]}"})
[ -z "${INPUT_FOR:-}" ] || arguments+=(--for "$INPUT_FOR")
split "$INPUT_FILES"
arguments+=(-- ${lines[@]+"${lines[@]}"})

folder=$(mktemp -d "$RUNNER_TEMP/presscheck-report.XXXXXX")
errors=$(mktemp "$RUNNER_TEMP/presscheck-errors.XXXXXX")
code=0
"$PRESSCHECK" check --format json --output "$folder/presscheck.json" "${arguments[@]}" 2> "$errors" || code=$?
cat "$errors" >&2
output exit-code "$code"

if [ ! -s "$folder/presscheck.json" ]; then
  # The run could not start: what it said is the only report there is.
  [ "$code" != 0 ] || code=2
  said=$(cat "$errors")
  escaped=${said//'%'/%25}
  escaped=${escaped//$'\r'/%0D}
  escaped=${escaped//$'\n'/%0A}
  printf '::error title=presscheck::%s\n' "$escaped"
  if [ "${INPUT_SUMMARY:-true}" = true ]; then
    { printf '### presscheck could not start\n\n'; printf '%s\n' "$said" | sed 's/^/    /'; } >> "$GITHUB_STEP_SUMMARY"
  fi
  exit 0
fi

for format in html sarif; do
  "$PRESSCHECK" check --quiet --format "$format" --output "$folder/presscheck.$format" "${arguments[@]}" || true
  output "$format" "$folder/presscheck.$format"
done
output folder "$folder"
output json "$folder/presscheck.json"
if command -v jq > /dev/null; then
  output errors "$(jq '[.verdicts[].errors] | add // 0' "$folder/presscheck.json")"
  output warnings "$(jq '[.verdicts[].warnings] | add // 0' "$folder/presscheck.json")"
fi

if [ "${INPUT_SUMMARY:-true}" = true ]; then
  summary=$RUNNER_TEMP/presscheck-summary.md
  "$PRESSCHECK" check --quiet --format markdown "${arguments[@]}" > "$summary" || true
  {
    printf '### presscheck\n\n'
    # A step may write 1 MiB. A report that is longer leaves its table of verdicts.
    if [ "$(wc -c < "$summary")" -lt 900000 ]; then
      cat "$summary"
    else
      sed '/^$/q' "$summary"
      printf 'The report is too long to be shown here. It is in the artefact of the run.\n'
    fi
    printf '\n'
  } >> "$GITHUB_STEP_SUMMARY"
fi

if [ "${INPUT_ANNOTATIONS:-true}" = true ]; then
  "$PRESSCHECK" check --quiet --format github "${arguments[@]}" || true
fi
