import { recordAudit } from "@/server/platform/audit-log/record-audit";
import type { Database } from "@/server/platform/db/database";
import type { Holder } from "@/server/platform/guard/fair-places";
import { RouteRefusal } from "@/server/platform/guard/route-refusal";
import { fileStorageOf } from "@/server/platform/object-store/file-storage";
import { diskOf } from "@/server/platform/readiness/disk";
import { outageRefusal } from "@/server/platform/readiness/outage";
import { requireRight } from "@/server/platform/route/key-rights";
import type { RouteCall } from "@/server/platform/route/route";
import { fileLimits } from "./file-limits";
import { asRouteRefusal } from "./file-refusal";
import { readUpload, type UploadedPart } from "./read-upload";
import { dropStaged } from "./stage-file";
import { type StoredFileFacts, storeStaged } from "./store-file";
import { withUploadPlace } from "./upload-places";

/** Stores the parts of a request one after the other. Where one is refused, the bytes of all that follow are dropped. */
export const storeParts = async (
  database: Database,
  workspaceId: string,
  parts: readonly UploadedPart[],
  days?: number,
): Promise<readonly (StoredFileFacts & { readonly field: string })[]> => {
  const stored: (StoredFileFacts & { readonly field: string })[] = [];
  try {
    for (const { field, name, staged } of parts) {
      const facts = await storeStaged(database, { workspaceId, name, staged, ...(days === undefined ? {} : { days }) });
      stored.push({ ...facts, field });
    }
    return stored;
  } catch (error) {
    for (const { staged } of parts) await dropStaged(staged.path);
    throw asRouteRefusal(error);
  }
};

const answer = async (
  database: Database,
  holder: Holder,
  request: Request,
  daysFor: (purpose: string | undefined) => number | undefined,
  proofOf?: (fileId: string) => string,
): Promise<Response> =>
  withUploadPlace(holder, async () => {
    // A size that is not said is found out while it is written.
    if (!diskOf(database).hasRoomFor(Number(request.headers.get("content-length") ?? 0)))
      throw outageRefusal("disk-full");
    const { incoming } = fileStorageOf(database);
    const { files, fields } = await readUpload(request as never, incoming).catch((error: unknown) => {
      throw asRouteRefusal(error);
    });
    if (files.length === 0) {
      throw new RouteRefusal(400, "no-file", "The request holds no file.", { hint: 'Send one as the part "file".' });
    }
    const stored = await storeParts(database, holder.workspaceId, files, daysFor(fields.for));
    const items = stored.map(({ file, claimed }) => ({
      file,
      claimed,
      ...(proofOf !== undefined && { proof: proofOf(file.fileId) }),
    }));
    return Response.json({ ...items[0], files: items }, { status: 201 });
  });

/**
 * `POST /api/files`: multipart, from a page of the app -> `{ file, claimed, files }`. `claimed` is the extension that lied. With the part
 * `for` = `run` the files are kept as long as a run's own, otherwise until somebody removes them.
 */
export const answerUpload = async ({ request, caller, database }: RouteCall<"session", unknown>): Promise<Response> => {
  const { workspaceId } = caller;
  const holder = { workspaceId, key: caller.userId };
  const response = await answer(database, holder, request, (purpose) =>
    purpose === "run" ? fileLimits.runFileDays : undefined,
  );
  await recordAudit(database, { member: caller, action: "file.upload", subject: `workspace:${workspaceId}` });
  return response;
};

/** `POST /api/v1/files`: the same with an API key. What comes in this way is for runs. */
export const answerKeyUpload = async ({
  request,
  caller,
  database,
}: RouteCall<"api-key", unknown>): Promise<Response> => {
  requireRight(caller, "mayRun");
  const { workspaceId, apiKeyId } = caller;
  return answer(database, { workspaceId, key: apiKeyId }, request, () => fileLimits.runFileDays);
};

/** The same for a visitor of a deployment's page: with what shows later that the file was theirs. */
export const withProofs = (
  database: Database,
  holder: Holder,
  request: Request,
  proofOf: (fileId: string) => string,
): Promise<Response> => answer(database, holder, request, () => fileLimits.runFileDays, proofOf);
