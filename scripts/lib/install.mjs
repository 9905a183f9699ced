import { existsSync, readFileSync } from "node:fs";
import { checkDiskSpace } from "./disk-space.mjs";
import { inProject, project } from "./project.mjs";
import { runProgram } from "./run-program.mjs";
import { StartFailure } from "./start-failure.mjs";

/** What an installation takes at its height, the package manager's cache included. */
const INSTALL_MB = 2200;

/** @param {string} file @returns {Record<string, { version?: string, optional?: boolean, dev?: boolean, devOptional?: boolean, link?: boolean }>} */
const readPackages = (file) => JSON.parse(readFileSync(file, "utf8")).packages;

/**
 * Whether node_modules holds what the lock file names. npm writes down what it installed, so two lists are compared; optional packages are those
 * of other platforms.
 * @param {{ withDev: boolean }} options
 */
export function isInstalled({ withDev }) {
  const record = inProject("node_modules", ".package-lock.json");
  if (!existsSync(record)) return false;
  const installed = readPackages(record);
  return Object.entries(readPackages(inProject("package-lock.json"))).every(([place, wanted]) => {
    if (!place.startsWith("node_modules/") || wanted.optional || wanted.devOptional || wanted.link) return true;
    if (wanted.dev && !withDev) return true;
    return installed[place]?.version === wanted.version;
  });
}

/** How this npm is called: by its own script where npm started us, because Windows cannot start `npm` without a shell. */
const npmCommand = () =>
  process.env.npm_execpath?.endsWith(".js")
    ? { program: process.execPath, first: [process.env.npm_execpath], shell: false }
    : { program: "npm", first: [], shell: process.platform === "win32" };

const unreachable =
  /ENOTCACHED|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONNREFUSED|ECONNRESET|ENETUNREACH|network (request|timeout)|socket hang up/i;

/** @param {string} output */
function explain(output) {
  if (/ENOSPC/.test(output)) return "The disk is full. Free some space and start again.";
  if (/EACCES|EPERM/.test(output)) return `This user may not write to ${project} or to npm's cache.`;
  if (unreachable.test(output)) {
    return "The package registry does not answer. The first start needs a network; later ones do not.\nBehind a proxy or with a registry of your own, tell npm: npm config set proxy … / npm config set registry …";
  }
  return "npm's own words are above.";
}

/**
 * Installs what the lock file names, nothing else. `withDev` adds what only tests and checks need.
 * @param {{ withDev: boolean, signal?: AbortSignal }} options
 */
export async function install({ withDev, signal }) {
  await checkDiskSpace(project, INSTALL_MB, "installing the packages");
  const environment = { ...process.env, NODE_ENV: "", ONNXRUNTIME_NODE_INSTALL: "skip" };
  const { program, first, shell } = npmCommand();
  /** @param {readonly string[]} words */
  const npm = (...words) =>
    runProgram(program, [...first, ...words, "--loglevel=error"], { environment, shell, ...(signal && { signal }) });

  // Asked first, because npm itself tries for minutes before it says so. Without a network its cache may still hold everything.
  const asked = await npm("ping", "--fetch-retries=1", "--fetch-retry-mintimeout=1000", "--fetch-timeout=20000");
  const offline = asked.status !== 0 && unreachable.test(asked.output);
  const { status, output } = await npm(
    "ci",
    withDev ? "--include=dev" : "--omit=dev",
    ...(offline ? ["--offline"] : []),
    "--no-audit",
    "--no-fund",
  );
  if (status === 0) return;
  throw new StartFailure(`${output.trim().slice(-3000)}\n\nThe packages could not be installed. ${explain(output)}`);
}
