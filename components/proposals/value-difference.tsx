"use client";

import { FieldDifference } from "@/components/prompts/content-difference";

/** A value as a person reads it: texts as they are, lists one entry a line, all else as JSON. */
export const shownValue = (value: unknown): string => {
  if (typeof value === "string") return value;
  if (value === null || value === undefined) return "";
  if (Array.isArray(value) && value.every((each) => typeof each === "string")) return value.join("\n");
  return JSON.stringify(value, null, 2);
};

/** What a setting says otherwise, word by word. */
export function ValueDifference({ before, after }: { readonly before: unknown; readonly after: unknown }) {
  return <FieldDifference from={shownValue(before)} to={shownValue(after)} />;
}
