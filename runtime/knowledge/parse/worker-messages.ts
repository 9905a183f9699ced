import type { Result } from "@/runtime/graph/result";
import type { GridLimits } from "../../table/grid";
import type { ImportedTable } from "../../table/import-table";
import type { TableOptions } from "../../table/table-options";
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
  | {
      /** For the rows of one table instead of the text of a document. */
      readonly type: "table";
      readonly bytes: Uint8Array;
      readonly options: TableOptions;
      readonly limits: GridLimits;
    }
  | { readonly type: "image-text"; readonly page: number; readonly text: string };

export type FromWorker =
  | { readonly type: "ready" }
  | { readonly type: "progress"; readonly done: number; readonly total: number }
  | { readonly type: "image"; readonly page: number; readonly png: Uint8Array }
  /** Rows come in parts, so that none takes the app long to take. */
  | { readonly type: "table-rows"; readonly rows: readonly (readonly string[])[] }
  | { readonly type: "table-read"; readonly table: Result<Omit<ImportedTable, "rows">, string> }
  | { readonly type: "parsed"; readonly document: ParsedDocument }
  | { readonly type: "failed"; readonly failure: ParseFailure };
