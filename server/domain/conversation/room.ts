import { conversationLimits } from "@/runtime/node/conversation";
import type { Database } from "@/server/platform/db/database";

/** How long a count of a workspace's conversations is taken for true; what is begun meanwhile is added. */
const countedForMs = 60_000;

interface Counted {
  count: number;
  readonly until: number;
}
const counts = new WeakMap<object, Map<string, Counted>>();

/** Whether a workspace has room for one conversation more. */
export const maySpeak = async (
  database: Database,
  workspaceId: string,
  most: number = conversationLimits.conversations,
  now: number = Date.now(),
): Promise<boolean> => {
  const known = counts.get(database) ?? new Map<string, Counted>();
  counts.set(database, known);
  let counted = known.get(workspaceId);
  if (counted === undefined || counted.until < now) {
    counted = {
      count: await database.prisma.conversation.count({ where: { workspaceId } }),
      until: now + countedForMs,
    };
    known.set(workspaceId, counted);
  }
  if (counted.count >= most) return false;
  counted.count += 1;
  return true;
};
