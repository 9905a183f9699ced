"use client";

import { useFormatter } from "next-intl";

/** Bytes as `840 B`, `12 KB`, `3.4 MB`. */
export function FileSize({ bytes }: { readonly bytes: number }) {
  const format = useFormatter();
  const [unit, size] =
    bytes < 1_000
      ? (["byte", 1] as const)
      : bytes < 1_000_000
        ? (["kilobyte", 1_000] as const)
        : (["megabyte", 1_000_000] as const);
  const value = bytes / size;
  return (
    <span className="tabular whitespace-nowrap">
      {format.number(value, {
        style: "unit",
        unit,
        unitDisplay: unit === "byte" ? "narrow" : "short",
        maximumFractionDigits: value < 10 && unit === "megabyte" ? 1 : 0,
      })}
    </span>
  );
}
