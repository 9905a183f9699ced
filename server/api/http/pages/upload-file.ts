import { isFileKind } from "@/runtime/node/define-node";
import { withProofs } from "@/server/domain/file/answer-upload";
import { pageForm } from "@/server/domain/page/find-page";
import { fileProof } from "@/server/domain/page/visit-token";
import { RouteRefusal } from "@/server/platform/guard/route-refusal";
import type { RouteCall } from "@/server/platform/route/route";
import { requireVisit } from "./visitor";

/** `POST /api/pages/{slug}/files`: takes a file for a run of this visitor, where the page asks for one. What comes back lets no other visitor use it. */
export const uploadToPage = async ({
  request,
  parameters,
  database,
}: RouteCall<"public", { slug: string }>): Promise<Response> => {
  const { page, visit } = await requireVisit(database, parameters.slug, request);
  const form = await pageForm(database, page);
  if (form === null || !form.fields.some(({ kind }) => isFileKind(kind)))
    throw new RouteRefusal(400, "no-file", "This page takes no files.", {});
  const holder = { workspaceId: page.workspaceId, key: `visitor:${visit.counted}` };
  return withProofs(database, holder, request, (fileId) => fileProof(visit.visitor, fileId));
};
