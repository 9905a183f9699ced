// `npm run build`: the production build, from installed packages. `npm start` does this itself where it is needed.
import { build } from "./lib/build.mjs";
import { inProject } from "./lib/project.mjs";
import { runProgram } from "./lib/run-program.mjs";

try {
  const generated = await runProgram(process.execPath, [inProject("scripts", "generate.mjs")]);
  if (generated.status !== 0) throw new Error(generated.output);
  await build();
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
