import { conversationLimits } from "@/runtime/node/conversation";
import type { Database } from "@/server/platform/db/database";
import { forgetSingleTurns } from "./forget";

/** How long a count of a workspace's conversations is taken for true; what is begun meanwhile is added. */
const countedForMs = 60_000;

interface Counted {
  count: number;
  readonly until: number;
}
const counts = new WeakMap<object, Map<string, Counted>>();

export interface Room {
  readonly most?: number;
  readonly now?: Date;
}

/**
 * Whether a workspace has room for one conversation more. Where it has none, calls that nobody went on with make room: each call that names no conversation begins
 * one, and most are never spoken to again.
 */
export const maySpeak = async (
  database: Database,
  workspaceId: string,
  { most = conversationLimits.conversations, now = new Date() }: Room = {},
): Promise<boolean> => {
  const known = counts.get(database) ?? new Map<string, Counted>();
  counts.set(database, known);
  let counted = known.get(workspaceId);
  if (counted === undefined || counted.until < now.getTime()) {
    counted = {
      count: await database.prisma.conversation.count({ where: { workspaceId, forgottenAt: null } }),
      until: now.getTime() + countedForMs,
    };
    known.set(workspaceId, counted);
  }
  if (counted.count >= most) counted.count -= await forgetSingleTurns(database, workspaceId, now);
  if (counted.count >= most) return false;
  counted.count += 1;
  return true;
};
