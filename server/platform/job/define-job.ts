import type { z } from "zod";
import type { ModelWait } from "@/runtime/model/endpoint";
import type { Database } from "@/server/platform/db/database";

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** What has changed; what is left out stays. */
export interface JobProgress {
  /** Name of the step under way, kebab-case. The interface translates it: `stage` in messages/<locale>/job.json. */
  readonly stage?: string;
  readonly done?: number;
  /** null while it is not known. */
  readonly total?: number | null;
  /** The model that it waits for; null when it goes on. */
  readonly waiting?: ModelWait | null;
}

export interface JobCall<Input> {
  readonly input: Input;
  readonly database: Database;
  readonly workspaceId: string;
  /** Who started it; null where nobody did. */
  readonly userId: string | null;
  readonly jobId: string;
  /** Aborts when somebody cancels the job, and when this process loses it to another. */
  readonly signal: AbortSignal;
  /** Cheap: call it as often as there is something to say. It is stored a few times a second. */
  readonly progress: (progress: JobProgress) => void;
}

export interface JobDefinition<Input = unknown> {
  /** `<subject>/<verb>`, e.g. `knowledge/index`. Stored with every job: never rename. */
  readonly kind: string;
  readonly input: z.ZodType<Input>;
  /**
   * May be called again from the beginning when the process died under it: do only what is not done yet. Throws `JobFailure` for what a person
   * can mend. What it returns is stored as the job's result.
   */
  run(call: JobCall<Input>): Promise<Json | undefined>;
}

/** Work that outlives a request. List it in job-kinds.ts. */
export const defineJob = <Input>(definition: JobDefinition<Input>): JobDefinition<Input> => definition;
