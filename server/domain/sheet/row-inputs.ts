import { fail, ok, type Result } from "@/runtime/graph/result";
import { type InputField, isFileKind } from "@/runtime/node/define-node";
import { parseExactJson } from "@/runtime/node/exact-json";
import { setOwn } from "@/runtime/node/record";
import { checkInputs, type RunInputs } from "@/runtime/plan/check-inputs";
import { readNumber } from "@/runtime/text/read-number";

/** Pipeline input -> place of the column that feeds it. */
export type SheetMapping = Readonly<Record<string, number>>;

const choiceOf = (options: readonly string[], text: string): string => {
  const fold = (each: string) => each.normalize("NFKC").trim().toLowerCase();
  const alike = options.filter((each) => fold(each) === fold(text));
  return options.includes(text.trim()) ? text.trim() : alike.length === 1 ? (alike[0] as string) : text.trim();
};

/** A cell as a value of its input; the error is an English sentence. */
const cellValue = ({ name, kind, options }: InputField, text: string): Result<unknown, string> => {
  const shown = text.trim().slice(0, 60);
  switch (kind) {
    case "text":
      return ok(text);
    case "choice":
      return ok(choiceOf(options ?? [], text));
    case "number": {
      const number = readNumber(text);
      if (number === null) return fail(`"${name}" must be a number, not "${shown}".`);
      if (number.exact !== undefined)
        return fail(`"${name}" has more digits than a number keeps. Declare it as text in the pipeline.`);
      return ok(number.isPercent ? number.value / 100 : number.value);
    }
    case "json":
      try {
        return ok(parseExactJson(text));
      } catch {
        return fail(`"${name}" must be JSON, not "${shown}".`);
      }
    default:
      return fail(`"${name}" takes a file, which a cell cannot hold.`);
  }
};

/**
 * What a run of the pipeline is given for a row, checked and with defaults. "blank" where no cell that feeds an input holds anything: there is nothing to
 * ask. The error is an English sentence.
 */
export const rowInputs = (
  fields: readonly InputField[],
  cells: readonly string[],
  mapping: SheetMapping,
  fixed: Readonly<Record<string, unknown>>,
): Result<RunInputs | "blank", string> => {
  const given: Record<string, unknown> = {};
  let isBlank = true;
  for (const field of fields) {
    const place = Object.hasOwn(mapping, field.name) ? mapping[field.name] : undefined;
    if (place === undefined) {
      if (Object.hasOwn(fixed, field.name)) setOwn(given, field.name, fixed[field.name]);
      continue;
    }
    const text = cells[place] ?? "";
    if (text.trim() === "") continue;
    isBlank = false;
    const value = cellValue(field, text);
    if (!value.ok) return value;
    setOwn(given, field.name, value.value);
  }
  if (isBlank) return ok("blank");
  const checked = checkInputs(fields, given);
  return checked.ok ? checked : fail(checked.error[0]?.message ?? "The inputs are not valid.");
};

/** Whether a column of a sheet can feed an input. */
export const takesCells = ({ kind }: Pick<InputField, "kind">): boolean => !isFileKind(kind);
