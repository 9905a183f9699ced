import type { InputField } from "@/runtime/node/define-node";

export interface InputColumn {
  readonly name: string;
  readonly role: "input" | "expected";
}

/** By pipeline input: the column that it is read from. */
export type ColumnMapping = ReadonlyMap<string, string>;

/**
 * Which column of a dataset feeds which input: the one that was chosen for it; else the one of the same name, whatever its case; else, where there is one input and one
 * column for inputs, that one. Inputs that no column fits are left out.
 */
export const mapColumns = (
  fields: readonly InputField[],
  columns: readonly InputColumn[],
  chosen: Readonly<Record<string, string>>,
): ColumnMapping => {
  const inputs = columns.filter(({ role }) => role === "input").map(({ name }) => name);
  const only = fields.length === 1 && inputs.length === 1 ? inputs[0] : undefined;
  return new Map(
    fields.flatMap(({ name }) => {
      const own = Object.hasOwn(chosen, name) ? chosen[name] : undefined;
      const found =
        inputs.find((each) => each === own) ??
        inputs.find((each) => each === name) ??
        inputs.find((each) => each.toLowerCase() === name.toLowerCase()) ??
        only;
      return found === undefined ? [] : [[name, found]];
    }),
  );
};

/** Of a mapping what does not go without saying. */
export const remembered = (mapping: ColumnMapping): Record<string, string> =>
  Object.fromEntries([...mapping].filter(([name, column]) => name !== column));

/** The column that says what is expected: the one that was chosen, or the only one there is. */
export const expectedColumn = (columns: readonly InputColumn[], chosen: string | null): string | null => {
  const names = columns.filter(({ role }) => role === "expected").map(({ name }) => name);
  return names.find((name) => name === chosen) ?? (names.length === 1 ? (names[0] ?? null) : null);
};

export const inputsOfRow = (
  row: Readonly<Record<string, unknown>>,
  mapping: ColumnMapping,
): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    [...mapping].flatMap(([name, column]) => (Object.hasOwn(row, column) ? [[name, row[column]]] : [])),
  );
