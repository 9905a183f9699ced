// Prisma's command line (`npm run prisma -- migrate dev --name add-tags`) without its native engine: migrations are served by
// scripts/schema-engine.mjs. Without DATABASE_URL it works on the embedded database, which must not be running.
import { spawn } from "node:child_process";
import { prismaCommand } from "./lib/prisma-client.mjs";
import { inProject, project } from "./lib/project.mjs";

const { program, environment } = prismaCommand(inProject("scripts", "schema-engine.mjs"));
const prisma = spawn(process.execPath, [program, ...process.argv.slice(2)], {
  cwd: project,
  env: environment,
  stdio: "inherit",
});
prisma.once("exit", (status) => process.exit(status ?? 1));
