import { type FoundPage, findPage } from "@/server/domain/page/find-page";
import { readVisit, type Visit } from "@/server/domain/page/visit-token";
import type { Database } from "@/server/platform/db/database";
import { RouteRefusal } from "@/server/platform/guard/route-refusal";

/** Carries the token of a visit. A page sends it by itself; no browser does, so no other page can have a visitor act. */
export const visitHeader = "x-pipewright-visit";

export const unknownPage = (): RouteRefusal =>
  new RouteRefusal(404, "not-found", "There is no such page, or it is closed.", {
    hint: "Ask whoever gave you the address.",
  });

/** Who is there, and on what page. Refuses whoever has not come in, and visits from before the way in was changed. */
export const requireVisit = async (
  database: Database,
  slug: string,
  request: { readonly headers: { get(name: string): string | null } },
  now: number = Date.now(),
): Promise<{ readonly page: FoundPage; readonly visit: Visit }> => {
  const page = await findPage(database, slug);
  if (page === null) throw unknownPage();
  const visit = readVisit(request.headers.get(visitHeader), now);
  if (visit === null || visit.deploymentId !== page.deploymentId || visit.generation !== page.generation)
    throw new RouteRefusal(401, "visit-over", "This visit is over. Open the page again.", {});
  return { page, visit };
};
