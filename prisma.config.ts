import { defineConfig } from "prisma/config";

// Read by Prisma's CLI only. `npm run prisma -- …` (scripts/prisma.mjs) sets the engine and, without DATABASE_URL,
// points at the embedded database's folder.
export default defineConfig({
  schema: "prisma/schema.prisma",
  migrations: { path: "prisma/migrations", initShadowDb: "" },
  experimental: { externalTables: true },
  datasource: { url: process.env.DATABASE_URL || "pglite:./.data/database" },
});
