import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { inProject } from "./project.mjs";
import { runProgram } from "./run-program.mjs";
import { StartFailure } from "./start-failure.mjs";

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
 * What Prisma's own command line is run with. It wants a native engine that it would download from a host many networks block, so it is
 * given another executable: generating reads the schema with WASM and never calls it.
 * @param {string} [engine]
 * @returns {{ program: string, environment: NodeJS.ProcessEnv }}
 */
export const prismaCommand = (engine = process.execPath) => ({
  program: inProject("node_modules", "prisma", "build", "index.js"),
  environment: {
    ...process.env,
    PRISMA_SCHEMA_ENGINE_BINARY: process.env.PRISMA_SCHEMA_ENGINE_BINARY ?? engine,
    PRISMA_HIDE_UPDATE_MESSAGE: "1",
    CHECKPOINT_DISABLE: "1",
  },
});

/** Writes generated/prisma, unless the one there was made from the same schema. */
export async function generatePrismaClient() {
  if (isPrismaClientFresh()) return;
  const { program, environment } = prismaCommand();
  const { status, output } = await runProgram(process.execPath, [program, "generate"], { environment });
  if (status !== 0) throw new StartFailure(`${output.trim()}\n\nPrisma could not generate the database client.`);
  await writeFile(stamp, madeFrom());
}
