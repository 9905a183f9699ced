// Writes what is generated: the catalog of nodes (nodes/index.ts, kept in git) and the database client (generated/prisma, not kept).
//   --check   writes nothing and fails where the catalog is out of date
//   --client  only the database client
import { readFile, writeFile } from "node:fs/promises";
import { nodesIndex } from "./lib/nodes-index.mjs";
import { generatePrismaClient } from "./lib/prisma-client.mjs";
import { inProject } from "./lib/project.mjs";

const place = inProject("nodes", "index.ts");

async function writeCatalog() {
  const made = await nodesIndex();
  const kept = await readFile(place, "utf8").catch(() => null);
  if (made !== kept) await writeFile(place, made);
}

async function checkCatalog() {
  if ((await nodesIndex()) === (await readFile(place, "utf8").catch(() => null))) return;
  console.error("nodes/index.ts is out of date: run `npm run generate` and commit it.");
  process.exit(1);
}

if (process.argv.includes("--check")) await checkCatalog();
else {
  if (!process.argv.includes("--client")) await writeCatalog();
  await generatePrismaClient();
}
