type Values = Readonly<Record<string, unknown>>;

/** What the pipeline is given for a row; `mapping` is pipeline input -> column. A column without a value leaves the input out. */
export const inputsOfRow = (row: Values, mapping: Readonly<Record<string, string>>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(mapping).flatMap(([input, column]) => {
      const value = Object.hasOwn(row, column) ? row[column] : undefined;
      return value === undefined || value === null ? [] : [[input, value]];
    }),
  );
