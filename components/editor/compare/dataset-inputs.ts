import type { InputField } from "@/runtime/node/define-node";

export interface InputColumn {
  readonly name: string;
  readonly role: "input" | "expected";
}

/** By pipeline input: the column that it is read from. */
export type ColumnMapping = ReadonlyMap<string, string>;

/**
 * Which column of a dataset feeds which input: the one of the same name, whatever its case; where there is one input and one column for inputs,
 * that one. Inputs that no column fits are left out.
 */
export const mapColumns = (fields: readonly InputField[], columns: readonly InputColumn[]): ColumnMapping => {
  const inputs = columns.filter(({ role }) => role === "input").map(({ name }) => name);
  const [field, ...otherFields] = fields;
  const [column, ...otherColumns] = inputs;
  if (field && column !== undefined && otherFields.length === 0 && otherColumns.length === 0)
    return new Map([[field.name, column]]);
  return new Map(
    fields.flatMap(({ name }) => {
      const same =
        inputs.find((each) => each === name) ?? inputs.find((each) => each.toLowerCase() === name.toLowerCase());
      return same === undefined ? [] : [[name, same]];
    }),
  );
};

export const inputsOfRow = (
  row: Readonly<Record<string, unknown>>,
  mapping: ColumnMapping,
): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    [...mapping].flatMap(([name, column]) => (Object.hasOwn(row, column) ? [[name, row[column]]] : [])),
  );
