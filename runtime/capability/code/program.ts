/** Code to run, once. */
export interface CodeProgram {
  /** JavaScript or TypeScript: the body of a function that is given `inputs` and returns a value that JSON can hold. It may await. */
  readonly code: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly milliseconds: number;
  readonly megabytes: number;
}

export interface CodeLine {
  readonly level: "debug" | "info" | "warn";
  readonly text: string;
}

export type CodeResult = { readonly lines: readonly CodeLine[] } & (
  | { readonly ok: true; readonly value: unknown }
  | {
      readonly ok: false;
      /** `syntax`: it cannot be read; `threw`: it ended in an error; `value`: what it gave is no JSON; the rest are its limits. */
      readonly reason: "syntax" | "threw" | "value" | "time" | "memory" | "never";
      /** English sentence. */
      readonly message: string;
      /** Line of the code, from 1; null where none is known. */
      readonly line: number | null;
    }
);
