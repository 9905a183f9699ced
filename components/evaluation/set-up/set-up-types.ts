import type { RouterOutputs } from "@/components/trpc/client";
import type { SetUpForm } from "./set-up-form";

export type PipelineOf = RouterOutputs["pipeline"]["get"];
export type Revisions = RouterOutputs["pipeline"]["revisions"];
export type DatasetItem = RouterOutputs["dataset"]["list"]["items"][number];
export type Dataset = RouterOutputs["dataset"]["get"];

/** What is wrong, by path within the draft, in the words of the server. */
export type Problems = Readonly<Record<string, string>>;

/** What every part of the set-up page is given. */
export interface PartProps {
  readonly form: SetUpForm;
  readonly change: (changes: Partial<SetUpForm>) => void;
  readonly problems: Problems;
}

/** The problem of a field, or of anything within it. */
export const problemAt = (problems: Problems, path: string): string | undefined =>
  problems[path] ?? Object.entries(problems).find(([at]) => at.startsWith(`${path}.`))?.[1];
