import { spawn } from "node:child_process";
import { mkdir, readFile, rm } from "node:fs/promises";
import path from "node:path";
import { failuresInPlaywright, failuresInVitest, listOfFailures } from "./failures.mjs";
import { nodeFolder } from "./node-release.mjs";
import { inProject, project } from "./project.mjs";

/** @typedef {{ passed: number, failed: number, failures?: readonly string[] }} Counts */

const results = inProject(".build", "test-results");

export async function clearResults() {
  await rm(results, { recursive: true, force: true });
  await mkdir(results, { recursive: true });
}

/**
 * @param {readonly string[]} parameters @param {NodeJS.ProcessEnv} [environment] @param {string} [node]
 * @returns {Promise<number>} exit status
 */
export const runScript = (parameters, environment = {}, node = process.execPath) =>
  new Promise((resolve, reject) => {
    const child = spawn(node, parameters, {
      cwd: project,
      env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1", ...environment },
      stdio: ["ignore", "inherit", "inherit"],
    });
    child.once("error", reject).once("exit", (status) => resolve(status ?? 1));
  });

/** @template T @param {string} title @param {() => Promise<T>} work */
export async function timed(title, work) {
  const begun = Date.now();
  const made = await work();
  console.log(`${title}: ${((Date.now() - begun) / 1000).toFixed(1)} s`);
  return made;
}

/** @param {string} file @returns {Promise<any>} null where the suite did not get as far as writing it */
const readResults = (file) => readFile(file, "utf8").then(JSON.parse, () => null);

/**
 * The counts of a suite. One that failed without a failed test (a file that does not load, an app that does not start) counts as one failed.
 * @param {number} status @param {Counts | null} counts @returns {Counts}
 */
const honest = (status, counts) => {
  const { passed, failed, failures = [] } = counts ?? { passed: 0, failed: 0 };
  if (status === 0 && counts !== null) return { passed, failed, failures };
  const unnamed = failures.length === 0 ? [`a suite ended with status ${status} and named no failed test`] : failures;
  return { passed, failed: Math.max(failed, 1), failures: unnamed };
};

/**
 * Files whose time goes to what chat, picture and speech models write, whichever Node asks them. That the engines load and answer on a line of Node, `model-server/main.test.ts` shows.
 */
const waitForModels = [
  "model-server/routes/{chat,picture}-completions.test.ts",
  "model-server/routes/transcriptions.test.ts",
  "runtime/testing/nodes-on-endpoints.test.ts",
  "runtime/model/two-servers.test.ts",
];

/**
 * Everything below the browser, on this Node or on that of a folder.
 * @param {string} [folder] holds `node` @param {readonly string[]} [without] patterns of test files that are left out
 */
export async function runVitest(folder, without = []) {
  const file = path.join(results, folder === undefined ? "vitest.json" : `vitest-${path.basename(folder)}.json`);
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
  const left = without.map((pattern) => `--exclude=${pattern}`);
  const parameters = [inProject("node_modules", "vitest", "vitest.mjs"), "run", ...reporters, ...left];
  // What a test starts by name is to be the same Node.
  const environment = folder === undefined ? {} : { PATH: `${folder}${path.delimiter}${process.env.PATH}` };
  const status = await runScript(parameters, environment, folder && path.join(folder, "node"));
  const told = await readResults(file);
  const line = folder === undefined ? "" : `${path.basename(folder)}: `;
  return honest(
    status,
    told && {
      passed: told.numPassedTests,
      failed: told.numFailedTests,
      failures: failuresInVitest(told).map((text) => `${line}${text}`),
    },
  );
}

/** The tests of another configuration. @param {string} config file in the project @param {NodeJS.ProcessEnv} environment */
export async function runVitestWith(config, environment) {
  const file = path.join(results, `${path.basename(config)}.json`);
  const parameters = [inProject("node_modules", "vitest", "vitest.mjs"), "run", "--config", inProject(config)];
  const status = await runScript(
    [...parameters, "--reporter=default", "--reporter=json", `--outputFile.json=${file}`],
    environment,
  );
  const told = await readResults(file);
  const counts = told && { passed: told.numPassedTests, failed: told.numFailedTests, failures: failuresInVitest(told) };
  return honest(status, counts);
}

/** @param {string} line of Node, such as "22" @param {{ models?: boolean }} [options] whether what waits for large models runs too */
export const runVitestOn = (line, { models = true } = {}) =>
  timed(`tests on Node ${line}`, async () => runVitest(await nodeFolder(line), models ? [] : waitForModels));

export async function runPlaywright() {
  const file = path.join(results, "playwright.json");
  const status = await runScript(
    [inProject("node_modules", "@playwright", "test", "cli.js"), "test", "--reporter=list,json"],
    { PLAYWRIGHT_JSON_OUTPUT_NAME: file },
  );
  const told = await readResults(file);
  // A test that was skipped or passed only the second time is none that passed.
  return honest(
    status,
    told && {
      passed: told.stats.expected,
      failed: told.stats.unexpected + told.stats.flaky,
      failures: failuresInPlaywright(told),
    },
  );
}

/**
 * Does the work, which adds its counts; names what failed, says all counts together in the last line, and ends the process.
 * @param {(add: (counts: Counts) => void) => Promise<void>} work
 */
export async function tellCounts(work) {
  /** @type {Counts[]} */
  const all = [];
  try {
    await work((counts) => all.push(counts));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    all.push({ passed: 0, failed: 1, failures: [error instanceof Error ? error.message : String(error)] });
  }
  const passed = all.reduce((sum, counts) => sum + counts.passed, 0);
  const failed = all.reduce((sum, counts) => sum + counts.failed, 0);
  for (const line of listOfFailures(all.flatMap((counts) => counts.failures ?? []))) console.log(line);
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed === 0 && passed > 0 ? 0 : 1);
}
