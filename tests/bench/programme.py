#!/usr/bin/env python3
"""Writes a big programme as a Git repository: programme.py DIR [CONTROLS] [MANIFESTS] [OTHER_COMMITS].

Every manifest lands in a commit of its own, in order of time; OTHER_COMMITS more touch files that are no part of the
programme. Names and dates are fixed, so that two runs give the same commits.
"""

import datetime
import subprocess
import sys

ZONE = "+0000"


def main() -> None:
    folder = sys.argv[1]
    controls, manifests, others = (int(arg) for arg in (sys.argv[2:] + ["1000", "5000", "0"][len(sys.argv) - 2 :])[:3])
    subprocess.run(["git", "init", "-q", "-b", "main", folder], check=True)
    fast_import = subprocess.Popen(["git", "-C", folder, "fast-import", "--quiet"], stdin=subprocess.PIPE)
    out = fast_import.stdin

    def commit(seconds: int, message: str, files: dict[str, str], first: bool = False) -> None:
        out.write(b"commit refs/heads/main\n")
        who = f"Dana Ito <dana@example.com> {seconds} {ZONE}\n"
        out.write(f"author {who}committer {who}data {len(message.encode())}\n{message}\n".encode())
        for path, text in files.items():
            data = text.encode()
            out.write(f"M 100644 inline {path}\ndata {len(data)}\n".encode() + data + b"\n")

    def seconds(day: datetime.date, hour: int) -> int:
        return int(datetime.datetime(day.year, day.month, day.day, hour, tzinfo=datetime.timezone.utc).timestamp())

    commit(seconds(datetime.date(2025, 12, 1), 9), "Start the programme", base(controls))
    start = datetime.date(2026, 1, 1)
    total = manifests + others
    for number in range(total):
        at = seconds(start, 0) + number * 300 * 86400 // max(total, 1)
        if number * manifests // max(total, 1) != (number + 1) * manifests // max(total, 1):
            index = number * manifests // max(total, 1)
            control, month = index % controls, min(index // controls + 1, 12)
            commit(at, f"Record C-{control:04} for month {month}", {f"content/evidence/C-{control:04}/2026-{month:02}.yaml": manifest(control, month)})
        else:
            commit(at, f"Change the product {number}", {f"src/part{number % 40}/file{number % 400}.txt": f"line {number}\n"})
    out.close()
    if fast_import.wait() != 0:
        sys.exit("git fast-import failed")
    subprocess.run(["git", "-C", folder, "checkout", "-q", "main"], check=True)


def base(controls: int) -> dict[str, str]:
    files = {
        "tickmark.yaml": "organization: {name: Big Example, timezone: UTC}\nscope: {system: Big, frameworks: {soc2: [security]}}\n"
        "window: {start: 2026-01-01, end: 2026-12-31, report: type2}\n",
        "content/people.yaml": "people:\n  - {id: dana, name: Dana Ito, emails: [dana@example.com], kind: human}\n"
        "  - {id: lee, name: Lee Park, emails: [lee@example.com], kind: human}\n",
    }
    series = ["CC1.1", "CC2.1", "CC3.1", "CC4.1", "CC5.1", "CC6.1", "CC7.1", "CC8.1", "CC9.1"]
    for number in range(controls):
        files[f"controls/C-{number:04}.yaml"] = (
            f"id: C-{number:04}\ntitle: Part {number} of the system is looked at every month\nowner: dana\nstatus: in_place\n"
            f"effective_from: 2025-12-05\nkind: manual\nfrequency: monthly\ngrace: P10D\nttl: P45D\n"
            f"satisfies: {{soc2: [{series[number % len(series)]}]}}\n"
            "description: |\n  The owner takes a list, looks at every line, and writes down what was done.\n"
        )
    return files


def manifest(control: int, month: int) -> str:
    last = (datetime.date(2026 + month // 12, month % 12 + 1, 1) - datetime.timedelta(days=1)).isoformat()
    return (
        f"control: C-{control:04}\nperiod: 2026-{month:02}\nperformed_on: {last}\nperformed_by: dana\nreviewed_by: lee\nresult: pass\n"
        f"source: {{system: Directory, environment: production, query: 'part = {control}', extracted_at: {last}T09:00:00Z, extracted_by: dana, count: {control + month}}}\n"
        "notes: |\n  Every line was looked at; nothing had to be changed.\n"
    )


if __name__ == "__main__":
    main()
