import { outageRefusal } from "@/server/platform/readiness/outage";
import { outageNow } from "@/server/platform/readiness/refuse-outage";
import { guardRoute } from "@/server/platform/route/route";

export const dynamic = "force-dynamic";

/** Answers once migrations are applied and the database takes a question; with 503 while it does not, and while the app ends. */
export const GET = guardRoute({ auth: "public", anyHost: true }, async ({ database }) => {
  await database.query("SELECT 1");
  const outage = outageNow(database);
  if (outage === "leaving") throw outageRefusal(outage);
  // Answers are given all the same: what is stored can be read.
  return Response.json({ status: outage ?? "ok" });
});
