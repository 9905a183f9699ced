// Prisma's command line (`npm run prisma -- migrate dev --name add-tags`) without its native engine: migrations are served by
// scripts/schema-engine.mjs. Without DATABASE_URL it works on the embedded database, which must not be running.
import { runPrisma } from "./lib/prisma-client.mjs";
import { inProject } from "./lib/project.mjs";

process.exit(await runPrisma(process.argv.slice(2), { engine: inProject("scripts", "schema-engine.mjs") }));
