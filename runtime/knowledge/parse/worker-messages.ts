import type { ParseFailure } from "./parse-failure";
import type { ParsedDocument } from "./parsed-document";
import type { ReadAs } from "./read-as";

/** Sent to the process that parses, which has one file at a time. */
export type ToWorker =
  | {
      readonly type: "parse";
      readonly name: string;
      readonly mediaType: string;
      readonly bytes: Uint8Array;
      readonly readsImages: boolean;
      readonly readAs?: ReadAs;
    }
  | { readonly type: "image-text"; readonly page: number; readonly text: string };

export type FromWorker =
  | { readonly type: "ready" }
  | { readonly type: "progress"; readonly done: number; readonly total: number }
  | { readonly type: "image"; readonly page: number; readonly png: Uint8Array }
  | { readonly type: "parsed"; readonly document: ParsedDocument }
  | { readonly type: "failed"; readonly failure: ParseFailure };
