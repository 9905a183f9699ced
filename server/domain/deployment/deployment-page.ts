import { readUsage } from "@/server/domain/usage/count-usage";
import { windowsOf } from "@/server/domain/usage/usage-windows";
import { baseUrl, readAddress } from "@/server/platform/guard/address";
import { notFound } from "@/server/platform/guard/application-error";
import { readUsageLimits } from "@/server/platform/route/usage-limits";
import { viewerProcedure } from "@/server/platform/trpc/procedures";
import { chatMappingOf } from "./chat-mapping";
import { byIdInput, type DeploymentPage, type LiveChange } from "./deployment.types";
import { viewDeployment } from "./deployment-view";

/** Changes that a page shows: the latest. */
const mostChanges = 100;

const reasons = ["publish", "promote", "roll-back", "label"] as const;

const gateOf = (
  check: { readonly passed: boolean | null; readonly experimentId: string | null } | undefined,
): LiveChange["gate"] =>
  check === undefined ? null : { passed: check.passed === true, experimentId: check.experimentId };

/** A deployment with what went live in it, when and by whom. */
export const deploymentPage = viewerProcedure
  .input(byIdInput)
  .query(async ({ ctx, input: { id } }): Promise<DeploymentPage> => {
    const { database, workspaceId } = ctx;
    const { prisma } = database;
    const deployment = await prisma.deployment.findFirst({
      where: { id, workspaceId, pipeline: { deletedAt: null } },
      select: {
        id: true,
        pipelineId: true,
        environment: true,
        revisionId: true,
        chatMapping: true,
        limits: true,
        followsPrompts: true,
      },
    });
    if (deployment === null) throw notFound("deployment");
    const [view, rows] = await Promise.all([
      viewDeployment(database, workspaceId, deployment.pipelineId, deployment.environment),
      prisma.deploymentChange.findMany({
        where: { deploymentId: id, workspaceId },
        orderBy: [{ at: "desc" }, { id: "desc" }],
        take: mostChanges + 1,
        select: {
          id: true,
          revisionId: true,
          reason: true,
          note: true,
          origin: true,
          gateCheckId: true,
          userId: true,
          at: true,
          revision: { select: { number: true, note: true } },
        },
      }),
    ]);
    if (view === null || view.id !== id) throw notFound("deployment");
    const userIds = [...new Set(rows.flatMap(({ userId }) => userId ?? []))];
    const members = await prisma.membership.findMany({
      where: { workspaceId, userId: { in: userIds } },
      select: { userId: true, user: { select: { name: true } } },
    });
    const names = new Map(members.map(({ userId, user }) => [userId, user.name]));
    const checks = await prisma.gateCheck.findMany({
      where: { workspaceId, id: { in: rows.flatMap(({ gateCheckId }) => gateCheckId ?? []) } },
      select: { id: true, passed: true, experimentId: true },
    });
    const gates = new Map(checks.map(({ id: check, passed, experimentId }) => [check, { passed, experimentId }]));
    const changes = rows.slice(0, mostChanges).map(
      (row, index): LiveChange => ({
        id: row.id,
        revisionId: row.revisionId,
        number: row.revision.number,
        note: row.note || row.revision.note,
        at: row.at,
        reason: reasons.find((reason) => reason === row.reason) ?? "publish",
        origin: row.origin,
        gate: gateOf(gates.get(row.gateCheckId ?? "")),
        by: row.userId === null ? null : (names.get(row.userId) ?? null),
        formerRevisionId: rows[index + 1]?.revisionId ?? null,
      }),
    );
    const limits = readUsageLimits(deployment.limits);
    const counted = await readUsage(database, windowsOf([{ scope: `deployment:${id}`, limits }], Date.now()));
    const used = Object.fromEntries(counted.map((each) => [each.kind, each.used]));
    const chat = {
      baseUrl: `${baseUrl(readAddress())}/v1`,
      mcpUrl: `${baseUrl(readAddress())}/api/mcp`,
      mapping: chatMappingOf(deployment.chatMapping, view),
      isChosen: deployment.chatMapping !== null,
    };
    const { revisionId, followsPrompts } = deployment;
    const held = await prisma.promptUse.count({ where: { revisionId, workspaceId, label: { not: "" } } });
    return { ...view, revisionId, chat, limits: limits ?? {}, used, followsPrompts, holdsLabels: held > 0, changes };
  });
