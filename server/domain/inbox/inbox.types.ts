import { z } from "zod";
import {
  type PersonOutcome,
  peopleLimits,
  type QuestionKind,
  questionKinds,
  type ReviewerRole,
} from "@/runtime/node/people";
import { identifier } from "@/server/platform/guard/identifier";
import { pageInput } from "@/server/platform/guard/page-of";
import { isStorable } from "@/server/platform/guard/storable";

export const inboxLimits = {
  /** Decisions sent in one go. */
  batch: 100,
  /** Bytes of a request. */
  requestBytes: 1024 * 1024,
  reservedMs: 15 * 60_000,
  longestSeconds: 30 * 86_400,
} as const;

export const inboxStates = ["open", "approved", "rejected", "timedOut", "withdrawn"] as const;
export type InboxState = (typeof inboxStates)[number];
/** How a decision came. */
export type DecisionWay = "inbox" | "link" | "api";

const storable = (value: unknown) => isStorable(value);
const said = "It holds characters that cannot be stored.";

export const decisionFields = {
  action: z.enum(["approve", "reject"]),
  /** What is edited or chosen; left out: the value as it stands. */
  value: z.json().refine(storable, said).optional(),
  form: z.record(z.string().max(200), z.json()).refine(storable, said).optional(),
  note: z.string().max(peopleLimits.note).refine(storable, said).default(""),
  /** How long it took, as the page measured it. */
  seconds: z.int().min(0).max(inboxLimits.longestSeconds).optional(),
};
export const decision = z.strictObject(decisionFields);
export type Decision = z.output<typeof decision>;

export const byIdInput = z.strictObject({ id: identifier });
export const decideInput = z.strictObject({ id: identifier, ...decisionFields });
export const decideManyInput = z.strictObject({
  ids: z.array(identifier).min(1).max(inboxLimits.batch),
  action: z.enum(["approve", "reject"]),
  note: z.string().max(peopleLimits.note).refine(storable, said).default(""),
});
export const reserveInput = z.strictObject({ id: identifier, reserve: z.boolean() });
export const listInput = pageInput.extend({
  /** Left out: those that are open. */
  state: z.enum(["open", "closed"]).default("open"),
  /** Only what the reader may answer. */
  mine: z.boolean().default(false),
  pipelineId: identifier.optional(),
  runId: identifier.optional(),
  kind: z.enum(questionKinds).optional(),
});

export interface InboxItem {
  readonly id: string;
  readonly kind: QuestionKind;
  readonly title: string;
  readonly state: InboxState;
  readonly pipeline: { readonly id: string; readonly name: string };
  readonly runId: string;
  readonly createdAt: Date;
  readonly dueAt: Date;
  readonly decidedAt: Date | null;
  readonly reviewers: number;
  /** Who has approved so far. */
  readonly approvals: number;
  /** Whoever has it open, where that is somebody else. */
  readonly reservedBy: string | null;
  readonly mayAnswer: boolean;
}

export interface InboxTaskView extends InboxItem {
  readonly instructions: string;
  readonly value: unknown;
  /** As the last of several made it; equal to `value` where nobody edited. */
  readonly proposal: unknown;
  readonly shown: readonly { readonly name: string; readonly value: unknown }[];
  readonly options: readonly string[];
  readonly form: Readonly<Record<string, unknown>> | null;
  readonly proposedForm: Readonly<Record<string, unknown>>;
  readonly assignees: { readonly emails: readonly string[]; readonly role: ReviewerRole };
  readonly escalatedTo: ReviewerRole | null;
  readonly excludesAuthor: boolean;
  /** Personal data was taken out for this reader, who can therefore not edit. */
  readonly isMasked: boolean;
  /** Why the reader may not answer; null where they may. */
  readonly obstacle: Obstacle | null;
  readonly outcome: PersonOutcome | null;
  readonly decisions: readonly {
    readonly name: string;
    readonly isApproval: boolean;
    readonly isEdit: boolean;
    readonly note: string;
    readonly seconds: number | null;
    readonly via: string;
    readonly at: Date;
  }[];
}

/** Why somebody may not answer. */
export const obstacles = ["closed", "late", "not-asked", "author", "twice", "reserved"] as const;
export type Obstacle = (typeof obstacles)[number];
