import { compileSchema, describeProblems, sameJson } from "@/nodes/lib/json-schema";
import { findJsonFault } from "@/runtime/graph/json-shape";
import { fail, ok, type Result } from "@/runtime/graph/result";
import { type PersonQuestion, peopleLimits } from "@/runtime/node/people";
import { valueCharacters } from "@/runtime/node/value-size";
import type { Decision } from "./inbox.types";

/** What an approval makes of the value: as it goes on. */
export interface Proposal {
  readonly value: unknown;
  readonly form: Readonly<Record<string, unknown>>;
  readonly edited: boolean;
}

const wrong = (field: string, message: string) => fail({ field, message });
type Wrong = { readonly field: string; readonly message: string };

const kindOf = (value: unknown): string => (Array.isArray(value) ? "list" : value === null ? "null" : typeof value);

/** Whether a decision is one that the question allows, and what it proposes. `before` is what the reviewers before made of it. */
export const proposalOf = async (
  question: PersonQuestion,
  before: Proposal | null,
  { value, form }: Decision,
): Promise<Result<Proposal, Wrong>> => {
  const known = before ?? { value: question.value, form: {}, edited: false };
  if (form !== undefined && question.kind !== "form") return wrong("form", "Nothing is to be filled in here.");
  switch (question.kind) {
    case "approve":
    case "tool-call":
      return value === undefined || sameJson(value, question.value)
        ? ok(known)
        : wrong("value", "This can be approved or rejected, not changed.");
    case "edit": {
      if (value === undefined) return ok(known);
      if (kindOf(value) !== kindOf(question.value))
        return wrong("value", `It has to stay what it was, a ${kindOf(question.value)}, and is a ${kindOf(value)}.`);
      if (valueCharacters(value, peopleLimits.characters) > peopleLimits.characters)
        return wrong("value", `It is longer than ${peopleLimits.characters} characters.`);
      if (typeof value !== "string" && findJsonFault(value, { depth: 64 }) !== null)
        return wrong("value", "It is not plain JSON of at most 64 levels.");
      return ok({ value, form: {}, edited: !sameJson(value, question.value) });
    }
    case "choose": {
      const chosen = value ?? (before === null ? undefined : before.value);
      if (typeof chosen !== "string" || !(question.options ?? []).includes(chosen))
        return wrong("value", "Choose one of the options.");
      return ok({ value: chosen, form: {}, edited: false });
    }
    case "form": {
      if (value !== undefined && !sameJson(value, question.value))
        return wrong("value", "Only the form can be filled in.");
      const filled = form ?? (before === null ? {} : before.form);
      const schema = await compileSchema(question.form ?? {});
      if (!schema.ok) return wrong("form", schema.error);
      const problems = schema.value(filled);
      if (problems.length > 0) return wrong("form", describeProblems(problems));
      if (valueCharacters(filled, peopleLimits.characters) > peopleLimits.characters)
        return wrong("form", `It is longer than ${peopleLimits.characters} characters.`);
      return ok({ value: question.value, form: filled, edited: false });
    }
    default:
      return question.kind satisfies never;
  }
};

export const sameProposal = (one: Proposal, other: Proposal): boolean =>
  sameJson(one.value, other.value) && sameJson(one.form, other.form);
