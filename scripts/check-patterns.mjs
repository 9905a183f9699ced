// Every regular expression that is written in the sources takes linear time, whatever the text. Those that are put together while the app runs are
// looked at by `runtime/testing/built-patterns.test.ts`.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { parseSync } from "oxc-parser";
import { slownessOf } from "./lib/linear-pattern.mjs";
import { inProject, project } from "./lib/project.mjs";

const folders = ["app", "components", "i18n", "model-server", "nodes", "runtime", "scripts", "server", "templates"];
const isSource = /\.(ts|tsx|mjs)$/;
const isOfTests = /\.(test|test-d|spec)\.tsx?$|\/testing\//;

/** @param {unknown} node @param {(regex: { pattern: string, flags: string }, start: number) => void} tell */
function visit(node, tell) {
  if (typeof node !== "object" || node === null) return;
  if (!Array.isArray(node) && "regex" in node && node.regex) {
    const { regex, start } = /** @type {{ regex: { pattern: string, flags: string }, start: number }} */ (node);
    tell(regex, start);
  }
  for (const child of Object.values(node)) visit(child, tell);
}

const files = folders
  .flatMap((folder) => readdirSync(inProject(folder), { recursive: true, withFileTypes: true }))
  .filter((entry) => entry.isFile())
  .map((entry) => path.relative(project, path.join(entry.parentPath ?? entry.path, entry.name)))
  .map((file) => file.replaceAll("\\", "/"))
  .filter((file) => isSource.test(file) && !isOfTests.test(file))
  .sort();

let slow = 0;
for (const file of files) {
  const code = readFileSync(inProject(file), "utf8");
  if (!code.includes("/")) continue;
  visit(parseSync(file, code).program, ({ pattern, flags }, start) => {
    const why = slownessOf(pattern, flags);
    if (why.length === 0) return;
    slow += 1;
    const line = code.slice(0, start).split("\n").length;
    console.error(
      `${file}:${line} /${pattern}/${flags} is ${why.join(", ")}: bound its repetitions, or say where they begin`,
    );
  });
}
process.exit(slow === 0 ? 0 : 1);
