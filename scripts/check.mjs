// `npm run check`: types, lint, import rules, unused code, generated files.
import { checksOfBuild, checksOfSources, runChecks } from "./lib/checks.mjs";
import { inProject } from "./lib/project.mjs";
import { runProgram } from "./lib/run-program.mjs";

const generated = await runProgram(process.execPath, [inProject("scripts", "generate.mjs"), "--client"]);
if (generated.status !== 0) {
  console.error(generated.output);
  process.exit(1);
}
const { failed } = await runChecks([...checksOfBuild, ...checksOfSources], (line) => console.log(line));
process.exit(failed === 0 ? 0 : 1);
