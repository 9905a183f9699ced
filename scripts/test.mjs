// `npm test`: everything, from a fresh clone: installs, builds, fetches models where needed; checks; all tests; a browser against the production
// build. `npm test -- --also-on 22,24` then runs the tests below the browser on those lines of Node too, but for those that wait for large models (`npm run test:node` runs them all). Ends with one line, "N passed, N
// failed", and the exit status that follows from it.
import { parseArgs } from "node:util";
import { build, isBuilt } from "./lib/build.mjs";
import { checksOfBuild, checksOfSources, runChecks } from "./lib/checks.mjs";
import { install, isInstalled } from "./lib/install.mjs";
import { inProject } from "./lib/project.mjs";
import { clearResults, runPlaywright, runScript, runVitest, runVitestOn, tellCounts, timed } from "./lib/suites.mjs";

const { values } = parseArgs({ options: { "also-on": { type: "string", default: "" } } });
const lines = values["also-on"].split(",").filter(Boolean);

/** @param {Parameters<typeof runChecks>[0]} checks */
const check = (checks) => runChecks(checks, (line) => console.log(line));

async function prepare() {
  const models = runScript([inProject("scripts", "models", "fetch.mjs")]);
  if (!isInstalled({ withDev: true })) await timed("install", () => install({ withDev: true }));
  if ((await runScript([inProject("scripts", "generate.mjs"), "--client"])) !== 0)
    throw new Error("the database client was not generated");
  // The build leaves a part of a second core idle; every check but that of the types goes by the sources alone.
  const checked = check(checksOfSources);
  if (!(await isBuilt())) await timed("build", () => build());
  await models;
  return checked;
}

await tellCounts(async (add) => {
  await clearResults();
  add(await timed("prepare", prepare));
  add(await check(checksOfBuild));
  add(await timed("tests", () => runVitest()));
  add(await timed("browser tests", runPlaywright));
  for (const line of lines) add(await runVitestOn(line, { models: false }));
});
