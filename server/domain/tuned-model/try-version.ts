import { workspaceGateway } from "@/server/domain/endpoint/workspace-gateway";
import { readable } from "@/server/platform/guard/readable-failure";
import { editorProcedure } from "@/server/platform/trpc/procedures";
import { classifyTexts } from "./classify-texts";
import { loadHead } from "./load-head";
import { tryInput } from "./tuned-model.types";
import { findVersion } from "./version-row";

const longestWaitMs = 60_000;
const shownLabels = 10;

/** Classifies one text, and says what each of its words did. */
export const tryVersion = editorProcedure.input(tryInput).mutation(async ({ ctx, input }) => {
  const { database, workspaceId } = ctx;
  const version = await findVersion(database, workspaceId, input.id);
  const gateway = workspaceGateway(database, workspaceId);
  const options = { signal: AbortSignal.timeout(longestWaitMs), onCall: () => {} };
  const head = await readable(loadHead(database, version));
  const [result] = await readable(
    classifyTexts(head, version, [input.text], (request) => gateway.embed(request, options), true),
  );
  const scores = [...(result?.scores ?? [])].map((score, index) => ({ label: head.labels[index] ?? "", score }));
  return {
    label: head.labels[result?.best ?? 0] ?? "",
    scores: scores.sort((left, right) => right.score - left.score).slice(0, shownLabels),
    influences: result?.influences ?? [],
  };
});
