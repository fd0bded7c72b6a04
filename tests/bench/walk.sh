#!/usr/bin/env bash
# Times the history walk beside Git's own log of the same paths, run by run in turn, and prints the medians and the ratio.
#
#   tests/bench/walk.sh REPOSITORY [PATH ...]      RUNS=9 sets how often; without paths the whole tree is wanted
#   tests/bench/walk.sh --make REPOSITORY [COMMITS [FILES]]   makes a large repository to measure on (needs python3)
#
# Both print one line an event at most; the target is a ratio of 0.85 or less on two processors.
set -euo pipefail
cd "$(dirname "$0")/../.."

if [[ ${1:-} == --make ]]; then
    target=${2:?where to make the repository}
    git init -q --bare "$target"
    python3 tests/bench/large_history.py "${3:-50000}" "${4:-2000}" | git -C "$target" fast-import --quiet
    git -C "$target" symbolic-ref HEAD refs/heads/main
    git -C "$target" repack -adq
    exit
fi

repository=${1:?usage: tests/bench/walk.sh REPOSITORY [PATH ...]}
shift
runs=${RUNS:-9}
cargo build --release --quiet --example walk
walk=$PWD/target/release/examples/walk

ours() { "$walk" "$repository" "$@" >/dev/null; }
gits() { git -C "$repository" log -c --raw --full-history --no-renames --format=%H HEAD -- "$@" >/dev/null; }
milliseconds() {
    local start=$EPOCHREALTIME
    "$@"
    local end=$EPOCHREALTIME
    echo $(((${end/./} - ${start/./}) / 1000))
}
median() { sort -n | sed -n "$(((runs + 1) / 2))p"; }

ours "$@"
gits "$@"
for ((run = 0; run < runs; run++)); do
    our_times+=$(milliseconds ours "$@")$'\n'
    git_times+=$(milliseconds gits "$@")$'\n'
done
our=$(printf %s "$our_times" | median)
git=$(printf %s "$git_times" | median)
"$walk" "$repository" "$@"
printf 'walk %s ms, git log %s ms, ratio %s (medians of %s)\n' "$our" "$git" "$(awk "BEGIN {printf \"%.2f\", $our / $git}")" "$runs"
