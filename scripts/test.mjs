// `npm test`: everything, from a fresh clone: installs, builds, fetches models where needed; checks; all tests; a browser against the production
// build. Ends with one line, "N passed, N failed", and the exit status that follows from it.
import { spawn } from "node:child_process";
import { mkdir, readFile, rm } from "node:fs/promises";
import { build, isBuilt } from "./lib/build.mjs";
import { checksOfBuild, checksOfSources, runChecks } from "./lib/checks.mjs";
import { install, isInstalled } from "./lib/install.mjs";
import { inProject, project } from "./lib/project.mjs";

const results = inProject(".build", "test-results");
/** @type {{ passed: number, failed: number }[]} */
const counts = [];

/** @param {readonly string[]} parameters @param {NodeJS.ProcessEnv} [environment] @returns {Promise<number>} exit status */
const run = (parameters, environment = {}) =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, parameters, {
      cwd: project,
      env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1", ...environment },
      stdio: ["ignore", "inherit", "inherit"],
    });
    child.once("error", reject).once("exit", (status) => resolve(status ?? 1));
  });

/** @param {string} title @param {() => Promise<unknown>} work */
async function timed(title, work) {
  const begun = Date.now();
  await work();
  console.log(`${title}: ${((Date.now() - begun) / 1000).toFixed(1)} s`);
}

/** @param {string} file @returns {Promise<any>} null where the suite did not get as far as writing it */
const readResults = (file) => readFile(file, "utf8").then(JSON.parse, () => null);

/**
 * The counts of a suite. One that failed without a failed test (a file that does not load, an app that does not start) counts as one failed.
 * @param {number} status @param {{ passed: number, failed: number } | null} counts
 */
const honest = (status, counts) => {
  const { passed, failed } = counts ?? { passed: 0, failed: 0 };
  return { passed, failed: status !== 0 || counts === null ? Math.max(failed, 1) : failed };
};

async function runVitest() {
  const file = `${results}/vitest.json`;
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
  const status = await run([inProject("node_modules", "vitest", "vitest.mjs"), "run", ...reporters]);
  const told = await readResults(file);
  return honest(status, told && { passed: told.numPassedTests, failed: told.numFailedTests });
}

async function runPlaywright() {
  const file = `${results}/playwright.json`;
  const status = await run(
    [inProject("node_modules", "@playwright", "test", "cli.js"), "test", "--reporter=list,json"],
    {
      PLAYWRIGHT_JSON_OUTPUT_NAME: file,
    },
  );
  const told = await readResults(file);
  // A test that was skipped or passed only the second time is none that passed.
  return honest(status, told && { passed: told.stats.expected, failed: told.stats.unexpected + told.stats.flaky });
}

/** @param {Parameters<typeof runChecks>[0]} checks */
const check = async (checks) => {
  counts.push(await runChecks(checks, (line) => console.log(line)));
};

async function prepare() {
  const models = run([inProject("scripts", "models", "fetch.mjs")]);
  if (!isInstalled({ withDev: true })) await timed("install", () => install({ withDev: true }));
  if ((await run([inProject("scripts", "generate.mjs"), "--client"])) !== 0)
    throw new Error("the database client was not generated");
  // The build leaves a part of a second core idle; every check but that of the types goes by the sources alone.
  const checked = check(checksOfSources);
  if (!(await isBuilt())) await timed("build", () => build());
  await Promise.all([checked, models]);
}

try {
  await rm(results, { recursive: true, force: true });
  await mkdir(results, { recursive: true });
  await timed("prepare", prepare);
  await check(checksOfBuild);
  await timed("tests", async () => counts.push(await runVitest()));
  await timed("browser tests", async () => counts.push(await runPlaywright()));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  counts.push({ passed: 0, failed: 1 });
}
const passed = counts.reduce((sum, count) => sum + count.passed, 0);
const failed = counts.reduce((sum, count) => sum + count.failed, 0);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
