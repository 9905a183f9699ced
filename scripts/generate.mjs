// Writes what is generated: the catalog of nodes (nodes/index.ts, kept in git) and the database client (generated/prisma, not kept).
//   --check   writes nothing and fails where the catalog is out of date
//   --client  only the database client
import { isNodesIndexFresh, writeNodesIndex } from "./lib/nodes-index.mjs";
import { generatePrismaClient } from "./lib/prisma-client.mjs";

if (process.argv.includes("--check")) {
  if (!(await isNodesIndexFresh())) {
    console.error("nodes/index.ts is out of date: run `npm run generate` and commit it.");
    process.exit(1);
  }
} else {
  if (!process.argv.includes("--client")) await writeNodesIndex();
  await generatePrismaClient();
}
