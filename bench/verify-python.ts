// Whether docs/verify_report.py, which knows nothing of this code, finds the numbers of exported reports: an export of every world of bench/worlds.ts at several
// sizes, each handed to Python.
//   node --import tsx bench/verify-python.ts [--python python3] [--only name,name]
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { doReport } from "@/runtime/eval/report/report-task";
import { verifiableReport } from "@/runtime/eval/verify/verifiable";
import { worlds } from "./worlds/all";
import { Chance } from "./worlds/chance";
import { taskOf } from "./worlds/product";

const { values } = parseArgs({
  options: { python: { type: "string", default: "python3" }, only: { type: "string", default: "" } },
});
const only = values.only.split(",").filter((name) => name !== "");
const sizes = [1, 2, 5, 24, 100, 300];
const folder = mkdtempSync(path.join(os.tmpdir(), "pipewright-verify-"));
const script = path.resolve(import.meta.dirname, "../docs/verify_report.py");
const counts = { files: 0, checked: 0, left: 0, differing: 0 };
try {
  for (const world of worlds.filter(({ name }) => only.length === 0 || only.includes(name)))
    for (const rows of new Set(sizes.map((size) => Math.min(size, world.rows)))) {
      const next = world.begin(new Chance(rows), world.effects.null);
      const task = taskOf(
        world,
        Array.from({ length: rows }, (_, row) => next(row)),
      );
      const file = path.join(folder, "report.json");
      writeFileSync(file, JSON.stringify(verifiableReport(world.name, task, doReport(task))));
      let said: string;
      try {
        said = execFileSync(values.python, [script, file], { encoding: "utf8" });
      } catch (error) {
        said = String((error as { stdout?: unknown }).stdout ?? error);
        console.log(`${world.name}, ${rows} rows:\n${said}${(error as { stderr?: unknown }).stderr ?? ""}`);
      }
      const [, checked = 0, differing = 0, left = 0] =
        /(\d+) numbers checked, (\d+) differ; (\d+) figures/.exec(said) ?? [];
      if (checked === 0 && differing === 0 && left === 0) counts.differing += 1;
      counts.files += 1;
      counts.checked += Number(checked);
      counts.differing += Number(differing);
      counts.left += Number(left);
    }
} finally {
  rmSync(folder, { recursive: true });
}
console.log(
  `${counts.files} exports: ${counts.checked} numbers checked by Python, ${counts.differing} differ, ${counts.left} are reckoned in a way that it does not check.`,
);
process.exitCode = counts.differing > 0 ? 1 : 0;
