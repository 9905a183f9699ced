import { wholeVariables } from "@/nodes/lib/prompt/lay-over";
import { graphHash } from "@/runtime/graph/hash";
import { isGuarded } from "@/server/domain/deployment/environment/environment.types";
import { deploymentChanged } from "@/server/domain/deployment/find-deployment";
import { putLiveWithin } from "@/server/domain/deployment/put-live";
import { requireGate } from "@/server/domain/gate/require-gate";
import { startCheck } from "@/server/domain/gate/start-check";
import { findPrompt, type Transaction } from "@/server/domain/prompt/find-prompt";
import { type LabelMove, labelMoved, moveLabel, refuseKept, requireMover } from "@/server/domain/prompt/labels";
import { moveLabelInput, planMoveInput } from "@/server/domain/prompt/prompt.types";
import { wholeVersion } from "@/server/domain/prompt/whole-version";
import { freezeRevision } from "@/server/domain/revision/freeze-revision";
import { recordAudit } from "@/server/platform/audit-log/record-audit";
import type { Database } from "@/server/platform/db/database";
import { isTaken } from "@/server/platform/db/unique-violation";
import { ApplicationError, notFound } from "@/server/platform/guard/application-error";
import type { Member } from "@/server/platform/guard/member";
import { editorProcedure, viewerProcedure } from "@/server/platform/trpc/procedures";
import { type Follower, followersOf } from "./plan-move";

const findLabel = ({ prisma }: Database, workspaceId: string, promptId: string, name: string) =>
  prisma.promptLabel.findFirst({ where: { promptId, workspaceId, name } });

/** What moving a label to a version would touch: variables that come and go, and each deployment that follows, with what its gate says. */
export const planMove = viewerProcedure.input(planMoveInput).query(async ({ ctx, input: { id, name, number } }) => {
  const { database, workspaceId } = ctx;
  await findPrompt(database.prisma, workspaceId, id);
  const label = await findLabel(database, workspaceId, id, name);
  const wanted = await wholeVersion(database.prisma, workspaceId, { id }, String(number));
  if (!wanted.ok && !wanted.error.found) throw notFound("version");
  const present =
    label === null ? null : await wholeVersion(database.prisma, workspaceId, { id }, String(label.number));
  const namesOf = (version: typeof wanted | null) =>
    version?.ok ? wholeVariables(version.value).map((variable) => variable.name) : [];
  const [before, after] = [namesOf(present), namesOf(wanted)];
  const followers = await followersOf(database, workspaceId, { promptId: id, label: name, version: number });
  return {
    from: label?.number ?? null,
    protected: label?.protected ?? false,
    gone: present === null ? [] : before.filter((variable) => !after.includes(variable)),
    added: present === null ? [] : after.filter((variable) => !before.includes(variable)),
    followers: followers.map(({ document: _, revisionId: __, ...follower }) => follower),
  };
});

const freezeFollower = (
  database: Database,
  workspaceId: string,
  { pipelineId, document }: Follower,
  member: Member,
) => {
  if (document === null) throw new Error("a version that cannot run is not frozen");
  return freezeRevision(
    database,
    { id: pipelineId, workspaceId, graphHash: graphHash(document), document },
    { reason: "gate", userId: member.userId },
  );
};

/** Has the gates of what would follow look at the version; resolves when the checks have begun. */
export const checkMove = editorProcedure.input(planMoveInput).mutation(async ({ ctx, input: { id, name, number } }) => {
  const { database, workspaceId, member } = ctx;
  await findPrompt(database.prisma, workspaceId, id);
  const followers = await followersOf(database, workspaceId, { promptId: id, label: name, version: number });
  const begun: string[] = [];
  for (const follower of followers) {
    if (follower.state !== "no-check" && follower.state !== "failure") continue;
    const gate = await database.prisma.gate.findFirst({ where: { pipelineId: follower.pipelineId, workspaceId } });
    if (gate === null) continue;
    const frozen = await freezeFollower(database, workspaceId, follower, member);
    await startCheck(database, gate, frozen.id, member.userId);
    begun.push(follower.slug);
  }
  await recordAudit(database, {
    member,
    action: "prompt-label.check",
    subject: `prompt:${id}`,
    data: { label: name, number, deployments: begun.slice(0, 20).join(", ") },
  });
  return { id, begun };
});

/** A protected label moves with all that follows it, or not at all. */
const refuseHeldBack = (name: string, followers: readonly Follower[]): void => {
  const held = followers.find(({ state }) => state !== "moves");
  if (held === undefined) return;
  throw new ApplicationError(
    "PRECONDITION_FAILED",
    `${name} is protected, and ${held.slug} cannot follow: ${held.reason}`,
    {
      reason: "gate-not-passed",
      hint: "Run the checks, or change the version, then move the label.",
    },
  );
};

interface ReadyFollower {
  readonly follower: Follower;
  /** What it would serve, frozen; its gate has passed it. */
  readonly frozenId: string;
}

/** Freezes what would follow and asks its gate once more; null where that says no now. */
const readyFollower = async (
  database: Database,
  workspaceId: string,
  follower: Follower,
  member: Member,
): Promise<ReadyFollower | null> => {
  if (follower.state !== "moves") return null;
  try {
    const frozen = await freezeFollower(database, workspaceId, follower, member);
    if (isGuarded(follower.environment)) await requireGate(database, workspaceId, follower.pipelineId, frozen.id);
    return { follower, frozenId: frozen.id };
  } catch (error) {
    if (error instanceof ApplicationError) return null;
    throw error;
  }
};

/** Two hundred deployments, on a slow machine. */
const longestMs = 60_000;

interface MoveTogether {
  readonly workspaceId: string;
  readonly member: Member;
  readonly move: LabelMove;
  readonly ready: readonly ReadyFollower[];
  readonly isProtected: boolean;
  readonly also?: ((prisma: Transaction) => Promise<void>) | undefined;
}

/**
 * The label and all that goes along, in one transaction: what is interrupted has moved nothing. A follower in which something else went live meanwhile stays as it is; where the label is
 * protected, that moves nothing at all. Gives the addresses that moved.
 */
const moveTogether = (
  database: Database,
  { workspaceId, member, move, ready, isProtected, also }: MoveTogether,
): Promise<readonly string[]> =>
  database.prisma.$transaction(
    async (prisma) => {
      await also?.(prisma);
      await moveLabel(prisma, workspaceId, member, move);
      const moved: string[] = [];
      for (const { follower, frozenId } of ready) {
        const { deploymentId, slug, environment, pipelineId, revisionId } = follower;
        try {
          await putLiveWithin(prisma, {
            workspaceId,
            pipelineId,
            slug,
            revisionId: frozenId,
            reason: "label",
            environment,
            userId: member.userId,
            former: { id: deploymentId, slug, revisionId },
          });
          moved.push(slug);
        } catch (error) {
          if (isProtected || !(error instanceof ApplicationError)) throw error;
        }
      }
      if (moved.length > 0) {
        const data = { label: move.name, from: move.from, number: move.number, moved: moved.slice(0, 20).join(", ") };
        await recordAudit({ prisma }, { member, action: "prompt-label.follow", subject: `prompt:${move.id}`, data });
      }
      return moved;
    },
    { timeout: longestMs, maxWait: longestMs },
  );

/** What came of a move: addresses that went along, and those that could not. */
export interface LabelMoved {
  readonly id: string;
  readonly name: string;
  readonly number: number | null;
  readonly moved: readonly string[];
  readonly held: readonly Pick<Follower, "slug" | "state">[];
}

/**
 * Moves a label, and with it every deployment that follows and whose gate passes; those that cannot go along stay as they are and are named. A protected label moves only where all of them can.
 * Moved to where it is already, it takes along what could not follow before. What `also` does stands or falls with the move.
 */
export const moveWithFollowers = async (
  database: Database,
  workspaceId: string,
  member: Member,
  move: LabelMove,
  also?: (prisma: Transaction) => Promise<void>,
): Promise<LabelMoved> => {
  const { id, name, number } = move;
  refuseKept(name);
  await findPrompt(database.prisma, workspaceId, id);
  const label = await findLabel(database, workspaceId, id, name);
  if (label !== null) requireMover(member, label);
  const followers =
    number === null ? [] : await followersOf(database, workspaceId, { promptId: id, label: name, version: number });
  const isProtected = label?.protected === true;
  if (isProtected) refuseHeldBack(name, followers);
  if (number === null) await refuseFollowed(database, workspaceId, id, name);
  const ready: ReadyFollower[] = [];
  for (const follower of followers) {
    const found = await readyFollower(database, workspaceId, follower, member);
    if (found !== null) ready.push(found);
    else if (isProtected)
      refuseHeldBack(name, [{ ...follower, state: "no-check", reason: "Its gate or its pipeline changed meanwhile." }]);
  }
  const moved = await moveTogether(database, { workspaceId, member, move, ready, isProtected, also }).catch(
    (error: unknown) => {
      throw isTaken(error) ? labelMoved(name, number) : error;
    },
  );
  for (const slug of moved) await deploymentChanged(slug);
  const held = followers.flatMap(({ slug, state }) => (moved.includes(slug) ? [] : [{ slug, state }]));
  return { id, name, number, moved, held };
};

export const moveProcedure = editorProcedure
  .input(moveLabelInput)
  .mutation(({ ctx, input }) => moveWithFollowers(ctx.database, ctx.workspaceId, ctx.member, input));

/** A label that something live follows by is not taken away. */
const refuseFollowed = async ({ prisma }: Database, workspaceId: string, promptId: string, label: string) => {
  const live = await prisma.deployment.findFirst({
    where: { workspaceId, followsPrompts: true, revision: { promptUses: { some: { promptId, label } } } },
    select: { slug: true },
  });
  if (live === null) return;
  throw new ApplicationError("CONFLICT", `The deployment "${live.slug}" follows the label ${label}.`, {
    reason: "in-use",
    hint: "Have it no longer follow, or hold another label, then take this one away.",
  });
};
