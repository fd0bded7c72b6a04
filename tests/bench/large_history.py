"""Prints a large history for `git fast-import`: COMMITS commits on FILES files, one step in twenty a merged branch."""

import random
import sys

FOLDERS = [
    "controls", "content/policies", "content/evidence/2025", "content/evidence/2026", "src/app", "src/core", "src/util",
    "docs", "web/pages", "web/static", "infra/prod", "infra/dev", "tests/unit", "tests/it",
]


class History:
    """Writes commits with fixed people and times that only grow."""

    def __init__(self):
        self.mark = 0
        self.time = 1_500_000_000

    def commit(self, branch, parents, changes, subject):
        self.mark += 1
        self.time += random.randint(60, 3600)
        who = f"Person {self.mark % 17} <p{self.mark % 17}@example.com> {self.time} +0100"
        message = f"{subject}\n\nReviewed-by: Lee Park <lee@example.com>\n"
        lines = [f"commit refs/heads/{branch}", f"mark :{self.mark}", f"author {who}", f"committer {who}", f"data {len(message)}", message]
        lines += [f"{word} :{parent}" for word, parent in zip(["from"] + ["merge"] * 9, parents)]
        for path, text in changes:
            lines += [f"M 100644 inline {path}", f"data {len(text)}", text]
        sys.stdout.write("\n".join(lines) + "\n")
        return self.mark


def path_of(number):
    folder = FOLDERS[number % len(FOLDERS)]
    deep = folder.startswith(("src", "web", "content/evidence"))
    inner = f"/{'abcdefgh'[number % 8]}{number // 40 % 30}" if deep else ""
    return f"{folder}{inner}/file-{number}.{'md' if number % 3 == 0 else 'yaml'}"


def text_of(path, revision):
    return "".join(f"line {line} of {path}, revision {revision if line == revision % 12 else 0}\n" for line in range(12))


def main():
    commits, files = int(sys.argv[1]), [path_of(number) for number in range(int(sys.argv[2]))]
    random.seed(7)
    history = History()

    def changes(most):
        return {path: text_of(path, history.mark) for path in random.sample(files, random.randint(1, most))}

    tip = history.commit("main", [], [(path, text_of(path, 0)) for path in files], "Import")
    while history.mark < commits:
        if random.random() < 0.05:
            side, brought = tip, {}
            for _ in range(random.randint(1, 4)):
                step = changes(3)
                brought.update(step)
                side = history.commit("side", [side], sorted(step.items()), "Side")
            meanwhile = history.commit("main", [tip], sorted(changes(1).items()), "Meanwhile")
            tip = history.commit("main", [meanwhile, side], sorted(brought.items()), "Merge")
            sys.stdout.write("reset refs/heads/side\n\n")
        else:
            tip = history.commit("main", [tip], sorted(changes(3).items()), "Work")


main()
