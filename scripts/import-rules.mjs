// Checks who imports whom against .dependency-cruiser.cjs. Called as a library, because its own command refuses Node 20; and with swc, because
// TypeScript 7 offers no parser to other programs.
import { existsSync } from "node:fs";
import { cruise } from "dependency-cruiser";
import extractOptions from "dependency-cruiser/config-utl/extract-depcruise-options";
import extractTypeScript from "dependency-cruiser/config-utl/extract-ts-config";
import { inProject, project } from "./lib/project.mjs";

process.chdir(project);
const rooms = ["app", "bench", "components", "e2e", "i18n", "model-server", "nodes", "runtime", "server", "templates"];
const options = await extractOptions(inProject(".dependency-cruiser.cjs"));
const { output, exitCode } = await cruise(
  [...rooms.filter((room) => existsSync(inProject(room))), "proxy.ts", "instrumentation.ts"],
  { ...options, parser: "swc", outputType: "err" },
  {},
  { tsConfig: extractTypeScript(inProject("tsconfig.json")) },
);
console.log(output);
process.exit(exitCode);
