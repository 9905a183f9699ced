import { z } from "zod";
import { conversationLimits } from "@/runtime/node/conversation";
import { fileReference } from "@/runtime/node/file-reference";
import { pageLimits } from "@/server/domain/page/page.types";
import { isFileProof } from "@/server/domain/page/visit-token";
import { countRun } from "@/server/domain/usage/count-usage";
import { windowsOf } from "@/server/domain/usage/usage-windows";
import { RouteRefusal } from "@/server/platform/guard/route-refusal";
import type { Answer } from "@/server/platform/lean/answer";
import type { KeyHolder } from "@/server/platform/route/bearer";
import type { RouteCall } from "@/server/platform/route/route";
import { sourceId } from "@/server/platform/route/source";
import { readUsageLimits } from "@/server/platform/route/usage-limits";
import { answerNew } from "../published/answer-new";
import { readBody } from "../published/read-body";
import { pageAnswers } from "./page-answers";
import { requireVisit } from "./visitor";

const body = z.strictObject({
  inputs: z.record(z.string().max(128), z.unknown()),
  conversation: z.string().min(1).max(conversationLimits.name).optional(),
});

const proven = z.object({ fileId: fileReference.shape.fileId, proof: z.string().max(100) });

/** Every file that is named must be one that this visitor has brought. */
const ownFiles = (visitor: string, inputs: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => {
      if (typeof value !== "object" || value === null || !("fileId" in value)) return [name, value];
      const { data } = proven.safeParse(value);
      if (data === undefined || !isFileProof(visitor, data.fileId, data.proof))
        throw new RouteRefusal(400, "request-invalid", "Choose the file again.", {
          fields: { [name]: "Choose the file again." },
        });
      return [name, { fileId: data.fileId }];
    }),
  );

/** `POST /api/pages/{slug}/runs`: asks the live version on behalf of a visitor, and streams what it says. */
export const runPage = async ({
  request,
  parameters: { slug },
  database,
  json,
  onGone,
}: RouteCall<"public", { slug: string }>): Promise<Answer> => {
  const { page, visit } = await requireVisit(database, slug, request);
  const asked = readBody(body, await json(pageLimits.bodyBytes), 'Send {"inputs": {…}}.');
  const inputs = ownFiles(visit.visitor, asked.inputs);
  const now = Date.now();
  const { deploymentId, workspaceId, perMinute } = page;
  const scope = `visitor:${deploymentId}:${visit.counted}`;
  const [used] = await countRun(database, windowsOf([{ scope, limits: { requestsPerMinute: perMinute } }], now));
  if (used !== undefined && used.used > perMinute) {
    const seconds = Math.max(1, Math.ceil((used.endsAt.getTime() - now) / 1_000));
    const hint = `Try again in ${seconds} seconds.`;
    throw new RouteRefusal(
      429,
      "limit-requests",
      "Too many questions at once.",
      { hint },
      { "retry-after": `${seconds}` },
    );
  }
  const caller: KeyHolder = {
    apiKeyId: sourceId("page", deploymentId),
    workspaceId,
    mayRun: true,
    mayRead: false,
    mayRate: false,
    mayEvaluate: false,
    mayDecide: false,
    mayReadPrompts: false,
    limits: readUsageLimits(page.limits),
    deploymentIds: new Set([deploymentId]),
  };
  const { conversation } = asked;
  const talk = { user: visit.visitor, ...(conversation === undefined ? {} : { conversation_id: conversation }) };
  const run = { slug, inputs, talk, way: "page", streams: true, form: pageAnswers, graceMs: 0 } as const;
  // What the deployment may use is for its callers, not for visitors.
  const untold = new Headers();
  return answerNew({ request, caller, database, onGone, responseHeaders: untold }, run).catch((error: unknown) => {
    throw error instanceof RouteRefusal && error.details.limit !== undefined ? closedForNow(error) : error;
  });
};

/** A limit that is reached, without how much it is and how much of it was used. */
const closedForNow = ({ status, code, headers }: RouteRefusal): RouteRefusal => {
  const wait = { "retry-after": headers["retry-after"] ?? "60" };
  return new RouteRefusal(status, code, "This page takes no questions now.", { hint: "Try again later." }, wait);
};
