#!/usr/bin/env bash
# Times the build of 1,000 controls with 5,000 manifests beside Hugo on as many pages, both into memory.
# Usage: tests/bench/site.sh [CONTROLS] [MANIFESTS]; needs hugo and hyperfine (both are Debian packages).
set -euo pipefail
cd "$(dirname "$0")/../.."
controls=${1:-1000} manifests=${2:-5000}
work=$(mktemp -d -p /dev/shm)
trap 'rm -rf "$work"' EXIT

cargo build --release --quiet
python3 tests/bench/programme.py "$work/programme" "$controls" "$manifests"
target/release/tickmark --quiet --repo "$work/programme" --as-of 2026-11-30 build --out "$work/site"
pages=$(find "$work/site" -name '*.html' | wc -l)
echo "pages: $pages, $(du -sh "$work/site" | cut -f1)"

hugo --quiet new site "$work/hugo"
mkdir -p "$work/hugo/layouts/_default" "$work/hugo/content/p"
printf '<!doctype html><title>{{ .Title }}</title><main>{{ .Content }}</main>\n' | tee "$work/hugo/layouts/_default/single.html" > "$work/hugo/layouts/_default/list.html"
for number in $(seq "$pages"); do
  { printf -- '---\ntitle: Page %s\n---\n' "$number"
    for paragraph in 1 2 3 4 5 6; do echo "Paragraph $paragraph of page $number says what was done, by whom, for which period and with what result, in some words."; echo; done
    printf '| period | outcome |\n|---|---|\n| 2026-01 | on time |\n| 2026-02 | late |\n'
  } > "$work/hugo/content/p/$number.md"
done

hyperfine --warmup 1 --runs 5 \
  --prepare "rm -rf $work/site" -n tickmark-cold "target/release/tickmark --quiet --repo $work/programme --as-of 2026-11-30 build --out $work/site" \
  --prepare "rm -rf $work/hugo/public" -n hugo "hugo --quiet -s $work/hugo"
target/release/tickmark --quiet --repo "$work/programme" --as-of 2026-11-30 build --out "$work/site"
hyperfine --warmup 1 --runs 5 -n tickmark-unchanged "target/release/tickmark --quiet --repo $work/programme --as-of 2026-11-30 build --out $work/site"
/usr/bin/time -f 'peak memory: %M KiB' target/release/tickmark --quiet --repo "$work/programme" --as-of 2026-11-30 build --out "$work/site"
