import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { areBundled, bundlePrograms } from "./bundle.mjs";
import { checkDiskSpace } from "./disk-space.mjs";
import { packAssets } from "./pack-assets.mjs";
import { inProject, project } from "./project.mjs";
import { runProgram } from "./run-program.mjs";
import { StartFailure } from "./start-failure.mjs";

const BUILD_MB = 700;
const stamp = inProject(".next", "built-from");

/** Everything the production build reads. */
const folders = ["app", "components", "i18n", "messages", "nodes", "public", "runtime", "server", "templates"];
const files = [
  "instrumentation.ts",
  "next.config.js",
  "package-lock.json",
  "postcss.config.mjs",
  "prisma/schema.prisma",
  "proxy.ts",
  "tsconfig.json",
];
const untested = /\.(test|test-d|spec)\.tsx?$/;

/** @param {string} folder relative to the project @returns {Promise<string[]>} */
async function filesIn(folder) {
  if (!existsSync(inProject(folder))) return [];
  const entries = await readdir(inProject(folder), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !untested.test(entry.name))
    .map((entry) => path.relative(project, path.join(entry.parentPath ?? entry.path, entry.name)));
}

/** One hash over the sources of the build. */
export async function sourcesHash() {
  const found = (await Promise.all(folders.map(filesIn))).flat();
  const names = [...found, ...files.filter((file) => existsSync(inProject(file)))].map((name) =>
    name.replaceAll("\\", "/"),
  );
  names.sort();
  const hash = createHash("sha256").update(process.version);
  for (const name of names) {
    const content = await readFile(inProject(name));
    hash.update(`\n${name} ${content.length}\n`).update(content);
  }
  return hash.digest("hex");
}

export const isBuilt = async () =>
  existsSync(inProject(".next", "BUILD_ID")) &&
  areBundled() &&
  existsSync(stamp) &&
  readFileSync(stamp, "utf8") === (await sourcesHash());

/** Builds the app for production. @param {{ signal?: AbortSignal }} [options] */
export async function build({ signal } = {}) {
  await checkDiskSpace(project, BUILD_MB, "building the app");
  const hash = await sourcesHash();
  await rm(stamp, { force: true });
  const { status, output } = await runProgram(
    process.execPath,
    [inProject("node_modules", "next", "dist", "bin", "next"), "build"],
    {
      environment: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
      ...(signal && { signal }),
    },
  );
  if (status !== 0) throw new StartFailure(`${output.trim()}\n\nThe app could not be built; the reason is above.`);
  await Promise.all([bundlePrograms(), packAssets(inProject(".next", "static"))]);
  await writeFile(stamp, hash);
}
