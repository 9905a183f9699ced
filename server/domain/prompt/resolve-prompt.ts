import { ApplicationError, notFound } from "@/server/platform/guard/application-error";
import { viewerProcedure } from "@/server/platform/trpc/procedures";
import { findPrompt } from "./find-prompt";
import { resolveInput } from "./prompt.types";
import { sayNotWhole, wholeVersion } from "./whole-version";

/** A version as a step takes it over: `at` is a label or the number of a version. */
export const resolvePrompt = viewerProcedure.input(resolveInput).query(async ({ ctx, input: { id, at } }) => {
  const { database, workspaceId } = ctx;
  const { name } = await findPrompt(database.prisma, workspaceId, id);
  const whole = await wholeVersion(database.prisma, workspaceId, { id }, at);
  if (whole.ok) return { name, version: whole.value };
  if (!whole.error.found) throw notFound("label or version");
  throw new ApplicationError("BAD_REQUEST", sayNotWhole(whole.error), {
    reason: "input-invalid",
    hint: "Correct the prompt in the library.",
  });
});
