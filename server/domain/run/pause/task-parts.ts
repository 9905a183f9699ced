import type { RunEvent } from "@/runtime/run/events";
import { pathKey } from "@/runtime/run/reduce";
import { answerKey } from "@/runtime/run/resume";
import type { RunIdentity } from "../run-record";

/** What a step asks, on its way into the inbox. */
export interface NewTask {
  readonly place: string;
  /** `PersonQuestion` as JSON. */
  readonly question: string;
  /** ISO 8601. */
  readonly askedAt: string;
}

const after = (at: string, seconds: number): string => new Date(Date.parse(at) + seconds * 1000).toISOString();

/** What steps ask of people in a stretch of a log. */
export const tasksOf = (events: readonly RunEvent[], from: number, until: number): readonly NewTask[] => {
  let tasks: NewTask[] | null = null;
  for (let index = from; index < until; index++) {
    const event = events[index];
    if (event?.type !== "node-paused") continue;
    tasks ??= [];
    for (const question of event.questions) {
      const place = answerKey(event.path, question.key);
      tasks.push({ place, question: JSON.stringify(question), askedAt: event.at });
    }
  }
  return tasks ?? none;
};
const none: readonly NewTask[] = [];

/** What the steps of a run have asked of people, and which of it nobody has to answer any more. */
export class AskedPlaces {
  #byPath: Map<string, string[]> | null = null;

  /** Whether anybody was asked at all. */
  get any(): boolean {
    return this.#byPath !== null;
  }

  note(event: RunEvent): void {
    if (event.type !== "node-paused") return;
    this.#byPath ??= new Map();
    const places = event.questions.map(({ key }) => answerKey(event.path, key));
    const known = this.#byPath.get(pathKey(event.path)) ?? [];
    this.#byPath.set(pathKey(event.path), [...new Set([...known, ...places])]);
  }

  /**
   * What was asked by steps that end in a stretch of the log. One that was answered ends, too; but one that was cut off, because the container around it
   * ran out of time, was tried again or went on without it, ends with its question open, and an answer would do nothing.
   */
  endedIn(events: readonly RunEvent[], from: number, until: number): readonly string[] {
    if (this.#byPath === null) return [];
    const ended: string[] = [];
    for (let index = from; index < until; index++) {
      const event = events[index];
      if (event?.type === "node-end") ended.push(...(this.#byPath.get(pathKey(event.path)) ?? []));
    }
    return ended;
  }
}

interface Asking {
  readonly run: RunIdentity;
  readonly tasks?: readonly NewTask[];
  readonly endedPlaces?: readonly string[];
  readonly withdraws?: boolean;
}

const longestTitle = 200;

/**
 * Further parts of the statement that stores runs, so that what is asked is in the inbox if and only if the log says so: nothing, for all runs that ask
 * nobody. A question that is asked again, because its step was tried again, is there already.
 */
export const peopleParts = (
  writes: readonly Asking[],
  parametersBefore: number,
): { readonly parts: string; readonly parameters: readonly unknown[] } => {
  const rows = writes.flatMap(({ run, tasks = none, endedPlaces = [], withdraws = false }) => {
    const ended = new Set(endedPlaces);
    return tasks.map(({ place, question, askedAt }) => {
      const isOver = withdraws || ended.has(place);
      const { kind, title, assignees, reviewers, excludesAuthor, dueSeconds, escalation } = JSON.parse(question);
      return {
        workspaceId: run.workspaceId,
        runId: run.id,
        pipelineId: run.pipelineId,
        place,
        kind,
        // Asked and ended in one stretch: the part that withdraws does not see what the same statement asks.
        state: isOver ? "withdrawn" : "open",
        title: String(title).slice(0, longestTitle).replaceAll("\0", "").toWellFormed(),
        question,
        role: assignees.role,
        emails: assignees.emails,
        reviewers,
        excludesAuthor,
        createdAt: askedAt,
        dueAt: after(askedAt, dueSeconds),
        escalateAt: escalation === undefined || isOver ? null : after(askedAt, escalation.afterSeconds),
      };
    });
  });
  const ended = writes.flatMap(({ run, withdraws }) => (withdraws === true ? [run.id] : []));
  let parts = "";
  const parameters: unknown[] = [];
  if (rows.length > 0) {
    parameters.push(JSON.stringify(rows));
    parts += `, "asked" AS (
  INSERT INTO "InboxTask" ("id", "workspaceId", "runId", "pipelineId", "place", "kind", "state", "title", "question", "role", "emails", "reviewers",
    "excludesAuthor", "createdAt", "dueAt", "escalateAt")
  SELECT gen_random_uuid()::text, "workspaceId", "runId", "pipelineId", "place", "kind", "state", "title", "question", "role",
    ARRAY(SELECT jsonb_array_elements_text("emails")), "reviewers", "excludesAuthor", "createdAt", "dueAt", "escalateAt"
  FROM jsonb_to_recordset($${parametersBefore + parameters.length}::jsonb) AS t("workspaceId" text, "runId" text, "pipelineId" text, "place" text,
    "kind" text, "state" "InboxState", "title" text, "question" text, "role" "Role", "emails" jsonb, "reviewers" int, "excludesAuthor" boolean,
    "createdAt" timestamp(3), "dueAt" timestamp(3), "escalateAt" timestamp(3))
  ON CONFLICT DO NOTHING
)`;
  }
  if (ended.length > 0) {
    parameters.push(ended);
    parts += `, "withdrawn" AS (
  UPDATE "InboxTask" SET "state" = 'withdrawn', "escalateAt" = NULL, "version" = "version" + 1
  WHERE "runId" = ANY($${parametersBefore + parameters.length}::text[]) AND "state" = 'open'
)`;
  }
  const cutOff = writes.flatMap(({ run, endedPlaces = [], withdraws }) =>
    withdraws === true ? [] : endedPlaces.map((place) => ({ runId: run.id, place })),
  );
  if (cutOff.length > 0) {
    parameters.push(JSON.stringify(cutOff));
    parts += `, "cutOff" AS (
  UPDATE "InboxTask" SET "state" = 'withdrawn', "escalateAt" = NULL, "version" = "version" + 1
  FROM jsonb_to_recordset($${parametersBefore + parameters.length}::jsonb) AS c("runId" text, "place" text)
  WHERE "InboxTask"."runId" = c."runId" AND "InboxTask"."place" = c."place" AND "InboxTask"."state" = 'open'
)`;
  }
  return { parts, parameters };
};
