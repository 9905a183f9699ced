import { glanceText } from "@/components/run/value-text";

/** The output that is scored, as text; the only one where none is named, and all of them as JSON where that does not tell. */
export const scoredText = (outputs: Readonly<Record<string, unknown>>, name: string | undefined): string => {
  if (name !== undefined && Object.hasOwn(outputs, name)) return glanceText(outputs[name]);
  const values = Object.values(outputs);
  return values.length === 1 ? glanceText(values[0]) : values.length === 0 ? "" : glanceText(outputs);
};
