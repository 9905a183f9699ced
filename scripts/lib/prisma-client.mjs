import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { inProject, project } from "./project.mjs";

const stamp = inProject("generated", "prisma", ".made-from");

/** What the generated client depends on: the schema, and the Prisma that reads it. */
const madeFrom = () => {
  const hash = createHash("sha256").update(readFileSync(inProject("prisma", "schema.prisma")));
  return hash.update(readFileSync(inProject("node_modules", "prisma", "package.json"))).digest("hex");
};

export const isPrismaClientFresh = () =>
  existsSync(inProject("generated", "prisma", "client.ts")) &&
  existsSync(stamp) &&
  readFileSync(stamp, "utf8") === madeFrom();

/**
 * Runs Prisma's own command line. It wants a native engine that it would download from a host many networks block, so it is
 * given another executable: generating reads the schema with WASM and never calls it.
 * @param {readonly string[]} parameters @param {{ engine?: string, quiet?: boolean }} [options]
 * @returns {Promise<number>} the exit status
 */
export const runPrisma = (parameters, { engine = process.execPath, quiet = false } = {}) =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [inProject("node_modules", "prisma", "build", "index.js"), ...parameters], {
      cwd: project,
      stdio: quiet ? ["ignore", "ignore", "inherit"] : "inherit",
      env: {
        ...process.env,
        PRISMA_SCHEMA_ENGINE_BINARY: process.env.PRISMA_SCHEMA_ENGINE_BINARY ?? engine,
        PRISMA_HIDE_UPDATE_MESSAGE: "1",
        CHECKPOINT_DISABLE: "1",
      },
    });
    child.once("error", reject).once("exit", (code) => resolve(code ?? 1));
  });

/** Writes generated/prisma, unless the one there was made from the same schema. */
export async function generatePrismaClient() {
  if (isPrismaClientFresh()) return;
  const status = await runPrisma(["generate"], { quiet: true });
  if (status !== 0) throw new Error("Prisma could not generate the database client; its message is above.");
  await writeFile(stamp, madeFrom());
}
