"use client";

import { useFormatter } from "next-intl";

const units = [
  { unit: "MB", size: 1_000_000 },
  { unit: "KB", size: 1_000 },
  { unit: "B", size: 1 },
] as const;

/** Bytes as `840 B`, `12 KB`, `3.4 MB`. */
export function FileSize({ bytes }: { readonly bytes: number }) {
  const format = useFormatter();
  const { unit, size } = units.find((one) => bytes >= one.size) ?? { unit: "B", size: 1 };
  const value = bytes / size;
  const digits = unit === "MB" && value < 10 ? 1 : 0;
  return (
    <span className="tabular whitespace-nowrap">
      {`${format.number(value, { maximumFractionDigits: digits })} ${unit}`}
    </span>
  );
}
