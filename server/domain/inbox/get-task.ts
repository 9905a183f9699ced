import { notFound } from "@/server/platform/guard/application-error";
import { viewerProcedure } from "@/server/platform/trpc/procedures";
import { byIdInput } from "./inbox.types";
import { readerOf } from "./reader-of";
import { findTask } from "./task-row";
import { inboxTaskView, namesOf } from "./task-view";

export const getTask = viewerProcedure
  .input(byIdInput)
  .query(async ({ ctx: { database, workspaceId, member }, input }) => {
    const row = await findTask(database, workspaceId, input.id);
    if (row === null) throw notFound("task");
    return inboxTaskView(row, await readerOf(database, member), await namesOf(database, [row]), new Date());
  });
