import type { Result } from "@/runtime/graph/result";
import type { EndpointError } from "../errors";

/** From the server to a family's process. */
export type FamilyCall =
  | { readonly type: "call"; readonly id: number; readonly operation: string; readonly input: unknown }
  /** The caller has gone: the work is to end soon. Its answer is still sent. */
  | { readonly type: "abort"; readonly id: number };

/** From a family's process to the server. */
export type FamilyAnswer =
  | { readonly type: "log"; readonly line: string }
  | {
      readonly type: "answer";
      readonly id: number;
      readonly result: Result<unknown, EndpointError>;
      readonly residentBytes: number;
    }
  /** A bug or a model that cannot be used, told in words. */
  | { readonly type: "failure"; readonly id: number; readonly message: string; readonly residentBytes: number };
