import { inProject } from "./project.mjs";
import { runProgram } from "./run-program.mjs";

/** @param {string} name @param {...string} file of the package's command */
const command = (name, ...file) => inProject("node_modules", ...name.split("/"), ...file);

/** @typedef {{ title: string, parameters: readonly string[] }} Check what it runs in this same Node */

/** Reads what the build writes about the routes. @type {readonly Check[]} */
export const checksOfBuild = [
  { title: "types", parameters: [command("typescript", "bin", "tsc"), "--noEmit", "-p", "."] },
];

/** @type {readonly Check[]} */
export const checksOfSources = [
  {
    title: "lint and format",
    parameters: [command("@biomejs/biome", "bin", "biome"), "check", "--error-on-warnings", "."],
  },
  { title: "import rules", parameters: [inProject("scripts", "import-rules.mjs")] },
  { title: "unused code and packages", parameters: [command("knip", "bin", "knip.js"), "--no-progress"] },
  { title: "catalog of nodes is fresh", parameters: [inProject("scripts", "generate.mjs"), "--check"] },
  { title: "third-party notices are fresh", parameters: [inProject("scripts", "notices.mjs"), "--check"] },
  { title: "patterns are linear", parameters: [inProject("scripts", "check-patterns.mjs")] },
  { title: "lock file is complete", parameters: [inProject("scripts", "fix-lock.mjs"), "--check"] },
  {
    title: "migrations lead to the schema",
    parameters: [
      inProject("scripts", "prisma.mjs"),
      ...[
        "migrate",
        "diff",
        "--from-migrations",
        "prisma/migrations",
        "--to-schema",
        "prisma/schema.prisma",
        "--exit-code",
      ],
    ],
  },
];

/**
 * Runs every check, also after one failed.
 * @param {readonly Check[]} checks @param {(line: string) => void} print
 * @returns {Promise<{ passed: number, failed: number, failures: string[] }>}
 */
export async function runChecks(checks, print) {
  /** @type {string[]} */
  const failures = [];
  for (const { title, parameters } of checks) {
    const begun = Date.now();
    const { status, output } = await runProgram(process.execPath, parameters, {
      environment: { ...process.env, NODE_OPTIONS: "--max-old-space-size=4096", NO_COLOR: "1", DATABASE_URL: "" },
    });
    const seconds = ((Date.now() - begun) / 1000).toFixed(1);
    print(`${status === 0 ? "✓" : "✗"} ${title}  ${seconds} s`);
    if (status !== 0) {
      failures.push(`check: ${title}`);
      print(output.trim());
    }
  }
  return { passed: checks.length - failures.length, failed: failures.length, failures };
}
