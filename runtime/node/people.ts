import type { JsonSchema } from "./context";

/** What a person may do with what is put before them. `tool-call`: allow or refuse a call that an agent wants to make. */
export const questionKinds = ["approve", "edit", "choose", "form", "tool-call"] as const;
export type QuestionKind = (typeof questionKinds)[number];

/** From least to most; a person with more may answer what asks for less. */
export const reviewerRoles = ["viewer", "editor", "owner"] as const;
export type ReviewerRole = (typeof reviewerRoles)[number];

export const peopleLimits = {
  /** Questions that one step may have open at once. */
  questions: 16,
  /** Characters of one question with all that is shown. */
  characters: 200_000,
  shown: 20,
  options: 50,
  assignees: 20,
  reviewers: 10,
  /** Characters of what a person writes beside an answer. */
  note: 4_000,
  /** Fields of a form. */
  fields: 50,
  /** A minute to a year. */
  shortestDueSeconds: 60,
  longestDueSeconds: 366 * 86_400,
} as const;

/** What a step asks of a person. Plain JSON: it stands in the run's log and in the inbox. */
export interface PersonQuestion {
  /** Tells apart what one step asks: the same key is asked once in a run, however often the step is tried. */
  readonly key: string;
  readonly kind: QuestionKind;
  /** One line of the inbox. */
  readonly title: string;
  readonly instructions: string;
  /** What is decided on: it goes on as it is where it is approved, or as it was edited. */
  readonly value: unknown;
  /** What the person sees beside it, in this order. */
  readonly shown: readonly { readonly name: string; readonly value: unknown }[];
  /** What may be chosen, for `choose`. */
  readonly options?: readonly string[];
  /** A JSON schema of an object, for `form`. */
  readonly form?: JsonSchema;
  /** Whoever has one of these addresses, or at least this role. */
  readonly assignees: { readonly emails: readonly string[]; readonly role: ReviewerRole };
  /** How many different people have to approve. One who rejects is enough. */
  readonly reviewers: number;
  /** Whoever made or started what runs may not answer. */
  readonly excludesAuthor: boolean;
  /** Personal data is masked for who may not see it. */
  readonly masksPersonalData: boolean;
  /** Seconds until nobody is waited for any more. */
  readonly dueSeconds: number;
  /** After so many seconds everybody of this role may answer, too, and is told. */
  readonly escalation?: { readonly afterSeconds: number; readonly role: ReviewerRole };
}

/** `unasked`: nobody could be asked, because the run is one of an experiment or a sheet. */
export type PersonOutcome = "approved" | "rejected" | "timed-out" | "unasked";

export interface PersonAnswer {
  readonly outcome: PersonOutcome;
  /** What goes on: the value as it was, as it was edited, or what was chosen. */
  readonly value: unknown;
  readonly edited: boolean;
  /** What was filled in; empty where no form was asked for. */
  readonly form: Readonly<Record<string, unknown>>;
  readonly note: string;
  /** Names of those who decided, in order. */
  readonly by: readonly string[];
  /** ISO 8601; null where nobody was asked. */
  readonly at: string | null;
}

/** What a step hears where nobody can be asked. */
export const unasked = ({ value }: PersonQuestion): PersonAnswer => ({
  outcome: "unasked",
  value,
  edited: false,
  form: {},
  note: "",
  by: [],
  at: null,
});
