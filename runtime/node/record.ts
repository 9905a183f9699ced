type Values = Record<string, unknown>;

/** Whether a value that came from outside is an object of JSON: neither null nor a list. */
export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Sets a key of a plain record, also where the key is `__proto__`, which an assignment would take for the prototype. */
export const setOwn = (record: Values, key: string, value: unknown): void => {
  if (key === "__proto__")
    Object.defineProperty(record, key, { value, enumerable: true, configurable: true, writable: true });
  else record[key] = value;
};

/** Reads a key that the record holds itself; `constructor` and its like are no keys of an empty record. */
export const getOwn = <T>(record: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(record, key) ? record[key] : undefined;
