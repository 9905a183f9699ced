"use client";

import { FieldDifference } from "@/components/prompts/content-difference";

/** A value as a person reads it: texts as they are, lists one entry a line, all else as JSON. */
export const shownValue = (value: unknown): string => {
  if (typeof value === "string") return value;
  if (value === null || value === undefined) return "";
  if (Array.isArray(value) && value.every((each) => typeof each === "string")) return value.join("\n");
  return JSON.stringify(value, null, 2);
};

const isFigure = (value: unknown): boolean => typeof value === "number" || typeof value === "boolean" || value === null;

/** What a setting says otherwise: words one by one, figures as a whole. */
export function ValueDifference({ before, after }: { readonly before: unknown; readonly after: unknown }) {
  if (isFigure(before) && isFigure(after))
    return (
      <p className="tabular rounded-md border border-line bg-surface p-2.5 text-sm">
        <del className="text-error">{String(before ?? "–")}</del> →{" "}
        <ins className="text-ok">{String(after ?? "–")}</ins>
      </p>
    );
  return <FieldDifference from={shownValue(before)} to={shownValue(after)} />;
}
