import type { Locale } from "@/runtime/node/localized";

const units = {
  en: { millisecond: " ms", second: " s", minute: " min ", hour: " h ", minuteEnd: " min" },
  zh: { millisecond: " 毫秒", second: " 秒", minute: " 分 ", hour: " 小时 ", minuteEnd: " 分" },
} as const satisfies Record<Locale, unknown>;

/** `340 ms`, `1.2 s`, `12 s`, `1 min 5 s`, `2 h 3 min`. */
export const formatDuration = (milliseconds: number, locale: Locale): string => {
  const unit = units[locale];
  if (milliseconds < 1) return `< 1${unit.millisecond}`;
  if (milliseconds < 999.5) return `${Math.round(milliseconds)}${unit.millisecond}`;
  if (milliseconds < 9_950) return `${(milliseconds / 1000).toFixed(1)}${unit.second}`;
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 60) return `${seconds}${unit.second}`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)}${unit.minute}${seconds % 60}${unit.second}`;
  const minutes = Math.round(seconds / 60);
  return `${Math.floor(minutes / 60)}${unit.hour}${minutes % 60}${unit.minuteEnd}`;
};

/**
 * Millionths of a US dollar, to the first two significant digits below a dollar and to the cent from there:
 * `$0`, `$0.0000013`, `$0.0042`, `$0.18`, `$1.24`, `$1,240`.
 */
export const formatCost = (microUsd: number): string => {
  const usd = microUsd / 1e6;
  if (usd === 0) return "$0";
  const sign = usd < 0 ? "-" : "";
  const size = Math.abs(usd);
  if (size >= 1000) return `${sign}$${Math.round(size).toLocaleString("en-US")}`;
  if (size >= 0.995) return `${sign}$${size.toFixed(2)}`;
  const decimals = 1 - Math.floor(Math.log10(size));
  return `${sign}$${size
    .toFixed(decimals)
    .replace(/(?<!0)0+$/, "")
    .replace(/\.$/, "")}`;
};

/** `84`, `1,240`, `12.4k`, `3.1M`. */
export const formatCount = (count: number): string => {
  if (count < 10_000) return count.toLocaleString("en-US");
  if (count < 999_950) return `${(count / 1000).toFixed(1).replace(/\.0$/, "")}k`;
  return `${(count / 1e6).toFixed(1).replace(/\.0$/, "")}M`;
};
