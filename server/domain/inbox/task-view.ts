import type { ReviewerRole } from "@/runtime/node/people";
import { maskPersonal } from "@/server/domain/run/pause/mask-personal";
import { maskOptions } from "@/server/domain/run/pause/mask-question";
import type { Database } from "@/server/platform/db/database";
import type { InboxItem, InboxTaskView } from "./inbox.types";
import { obstacleOf, type Reviewer } from "./may-answer";
import { approvers, askedOf, proposed, questionOf, type TaskRow } from "./task-row";

/** One line of the inbox, as a reader sees it. */
export const inboxItem = (row: TaskRow, reader: Reviewer, names: ReadonlyMap<string, string>, now: Date): InboxItem => {
  const { id, kind, state, runId, createdAt, dueAt, decidedAt, reviewers, reservedBy, reservedUntil } = row;
  const isReserved = reservedBy !== null && reservedBy !== reader.id && (reservedUntil?.getTime() ?? 0) > now.getTime();
  return {
    id,
    kind: kind as InboxItem["kind"],
    title: row.title,
    state,
    pipeline: row.run.pipeline,
    runId,
    createdAt,
    dueAt,
    decidedAt,
    reviewers,
    approvals: approvers(row).length,
    reservedBy: isReserved ? (names.get(reservedBy) ?? "") : null,
    mayAnswer: obstacleOf(askedOf(row), reader, now) === null,
  };
};

/** All of a task. Whoever is a viewer sees no personal data where the step says so, and cannot edit what they do not see. */
export const inboxTaskView = async (
  row: TaskRow,
  reader: Reviewer,
  names: ReadonlyMap<string, string>,
  now: Date,
): Promise<InboxTaskView> => {
  const question = questionOf(row);
  const proposal = proposed(row);
  const open = {
    title: row.title,
    instructions: question.instructions,
    value: question.value,
    proposal: proposal?.value ?? question.value,
    shown: question.shown,
    proposedForm: proposal?.form ?? {},
    notes: row.decisions.map(({ note }) => note),
  };
  const hides = question.masksPersonalData && !reader.seesPersonalData;
  const masked = hides ? await maskPersonal(open) : { value: open, isMasked: false };
  const { notes, ...seen } = masked.value as typeof open;
  const given = question.options ?? [];
  const options = hides ? await maskOptions(given) : { value: given, isMasked: false };
  // What was chosen is called as the option is.
  const chosen = question.kind === "choose" ? given.indexOf(open.proposal as string) : -1;
  return {
    ...inboxItem(row, reader, names, now),
    ...seen,
    ...(chosen < 0 ? {} : { proposal: options.value[chosen] }),
    options: options.value,
    form: question.form ?? null,
    assignees: question.assignees,
    escalatedTo: row.escalatedTo as ReviewerRole | null,
    excludesAuthor: row.excludesAuthor,
    isMasked: masked.isMasked || options.isMasked,
    obstacle: obstacleOf(askedOf(row), reader, now),
    outcome: row.answer === null ? null : JSON.parse(row.answer).outcome,
    decisions: row.decisions.map(({ name, isApproval, isEdit, seconds, via, createdAt }, index) => ({
      name,
      isApproval,
      isEdit,
      note: notes[index] ?? "",
      seconds,
      via,
      at: createdAt,
    })),
  };
};

/** Names of those who hold tasks open. */
export const namesOf = async ({ prisma }: Database, rows: readonly TaskRow[]): Promise<ReadonlyMap<string, string>> => {
  const ids = rows.flatMap(({ reservedBy }) => (reservedBy?.startsWith("user:") ? [reservedBy.slice(5)] : []));
  if (ids.length === 0) return new Map();
  const users = await prisma.user.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } });
  return new Map(users.map(({ id, name }) => [`user:${id}`, name]));
};
