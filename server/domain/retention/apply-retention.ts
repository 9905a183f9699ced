import { setTimeout as pause } from "node:timers/promises";
import { forgetConversations } from "@/server/domain/conversation/forget";
import { removeFile } from "@/server/domain/file/remove-file";
import { recordAudit } from "@/server/platform/audit-log/record-audit";
import type { Database } from "@/server/platform/db/database";
import { filesBeyond, runsBeyond, sheetsBeyond } from "./beyond-policy";
import type { RetentionPolicy } from "./retention.types";

export const retentionPace = {
  /** Removed by one statement, so that nobody waits long for the database. */
  batch: 100,
  /** Batches of one pass; what is left goes with the next. */
  batches: 200,
  /** Between two batches, for those who wait. */
  pauseMs: 20,
} as const;

interface Removed {
  count: number;
  bytes: number;
}

/** Removes batch after batch until there is no more, or the pass has done its share. */
const removeAll = async (
  find: () => Promise<readonly { readonly id: string; readonly bytes: string }[]>,
  remove: (ids: readonly string[]) => Promise<unknown>,
): Promise<Removed> => {
  const removed = { count: 0, bytes: 0 };
  for (let batch = 0; batch < retentionPace.batches; batch += 1) {
    const found = await find();
    if (found.length === 0) break;
    await remove(found.map(({ id }) => id));
    removed.count += found.length;
    removed.bytes += found.reduce((sum, { bytes }) => sum + Number(bytes), 0);
    if (found.length < retentionPace.batch) break;
    await pause(retentionPace.pauseMs);
  }
  return removed;
};

/** Removes what lies beyond a workspace's policy, oldest first, and writes down how much that was. */
export const applyRetention = async (
  database: Database,
  workspaceId: string,
  policy: RetentionPolicy,
  now: Date = new Date(),
): Promise<{ readonly runs: Removed; readonly files: Removed }> => {
  const { prisma } = database;
  const runs = await removeAll(
    () => runsBeyond(database, workspaceId, policy, now, retentionPace.batch),
    // Their events go with them. One that was rated since it was found stays.
    async (ids) => {
      await prisma.run.deleteMany({ where: { workspaceId, id: { in: [...ids] }, feedback: null } });
      await prisma.cachedAnswer.deleteMany({ where: { workspaceId, runId: { in: [...ids] } } });
    },
  );
  const files = await removeAll(
    () => filesBeyond(database, workspaceId, policy, now, retentionPace.batch),
    async (ids) => {
      for (const id of ids) await removeFile(database, workspaceId, id);
    },
  );
  const sheets = await removeAll(
    () => sheetsBeyond(database, workspaceId, policy, now, retentionPace.batch),
    // With their rows.
    (ids) => prisma.sheet.deleteMany({ where: { workspaceId, id: { in: [...ids] } } }),
  );
  const { keepConversationsDays: days } = policy;
  const conversations = days === null ? 0 : await forgetConversations(database, workspaceId, days, now);
  if (runs.count + files.count + sheets.count + conversations > 0) {
    await recordAudit(database, {
      member: { userId: null, workspaceId },
      action: "workspace.clean-up",
      subject: `workspace:${workspaceId}`,
      data: {
        runs: runs.count,
        runBytes: runs.bytes,
        files: files.count,
        fileBytes: files.bytes,
        sheets: sheets.count,
        conversations,
      },
    });
  }
  return { runs, files };
};
