import { formatDuration } from "@/components/ui/format";
import type { Locale } from "@/runtime/node/localized";

/** 1.5 GB, 340 MB; null is a dash. */
export const inBytes = (bytes: number | null | undefined): string =>
  bytes === null || bytes === undefined
    ? "–"
    : bytes >= 2 ** 30
      ? `${(bytes / 2 ** 30).toFixed(1)} GB`
      : `${Math.round(bytes / 2 ** 20)} MB`;

/** 6.7 B, 12 M, 150 k. */
export const inParameters = (count: number | null | undefined): string =>
  count === null || count === undefined
    ? "–"
    : count >= 1e9
      ? `${(count / 1e9).toFixed(1)} B`
      : count >= 1e6
        ? `${(count / 1e6).toFixed(1)} M`
        : `${Math.round(count / 1e3)} k`;

export const inTime = (seconds: number, locale: string): string => formatDuration(seconds * 1_000, locale as Locale);

/** Four digits that count, whatever its size. */
export const inDigits = (value: number | null): string =>
  value === null ? "–" : Number(value.toPrecision(4)).toString();
