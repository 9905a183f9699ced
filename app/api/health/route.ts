import { guardRoute } from "@/server/guard/route";

export const dynamic = "force-dynamic";

/** Answers once migrations are applied and the database takes a question. */
export const GET = guardRoute({ auth: "public", anyHost: true }, async ({ database }) => {
  await database.prisma.$queryRaw`SELECT 1`;
  return Response.json({ status: "ok" });
});
