import { Prisma } from "@/generated/prisma/client";
import { planOfRevision } from "@/server/domain/revision/plan-of-revision";
import { recordAudit } from "@/server/platform/audit-log/record-audit";
import { ApplicationError, notFound } from "@/server/platform/guard/application-error";
import { editorProcedure } from "@/server/platform/trpc/procedures";
import { setChatMappingInput } from "./deployment.types";
import { deploymentChanged } from "./find-deployment";

/** Chooses which inputs take what of a chat, and which output is the reply; null: as their names say. */
export const setChatMapping = editorProcedure
  .input(setChatMappingInput)
  .mutation(async ({ ctx: { database, workspaceId, member }, input: { id, mapping } }) => {
    const deployment = await database.prisma.deployment.findFirst({
      where: { id, workspaceId },
      select: { slug: true, revisionId: true },
    });
    if (deployment === null) throw notFound("deployment");
    const compiled = await planOfRevision(database, deployment.revisionId);
    if (mapping !== null && compiled.ok) {
      const { answer, ...parts } = mapping;
      const inputs = new Set(compiled.value.inputFields.map(({ name }) => name));
      const outputs = new Set(compiled.value.outputs.map(({ name }) => name));
      const unknown = Object.values(parts).find((name) => name !== null && !inputs.has(name));
      const wrong = unknown ?? (answer !== null && !outputs.has(answer) ? answer : null);
      if (wrong !== null)
        throw new ApplicationError("BAD_REQUEST", `The pipeline has no "${wrong}".`, { reason: "input-invalid" });
      const used = Object.values(parts).filter((name) => name !== null);
      if (new Set(used).size < used.length)
        throw new ApplicationError("BAD_REQUEST", "An input can take one part of a chat.", { reason: "input-invalid" });
    }
    await database.prisma.deployment.update({ where: { id }, data: { chatMapping: mapping ?? Prisma.DbNull } });
    await deploymentChanged(deployment.slug);
    const data = { slug: deployment.slug, chosen: mapping !== null };
    await recordAudit(database, { member, action: "deployment.map-chat", subject: `deployment:${id}`, data });
    return { id };
  });
