"use client";

import { useTranslations } from "next-intl";
import { FormField } from "@/components/ui/form-field";
import { Input } from "@/components/ui/input";

export const limitKinds = ["requestsPerMinute", "tokensPerDay", "usdPerMonth"] as const;
export type Limits = Readonly<Partial<Record<(typeof limitKinds)[number], number>>>;
export type LimitTexts = Readonly<Record<(typeof limitKinds)[number], string>>;

export const limitTexts = (limits: Limits): LimitTexts => ({
  requestsPerMinute: String(limits.requestsPerMinute ?? ""),
  tokensPerDay: String(limits.tokensPerDay ?? ""),
  usdPerMonth: String(limits.usdPerMonth ?? ""),
});

/** What is written in the fields; null where one of them is no such number. An empty field is no limit. */
export const readLimits = (texts: LimitTexts): Limits | null => {
  const read: Partial<Record<(typeof limitKinds)[number], number>> = {};
  for (const kind of limitKinds) {
    const text = texts[kind].trim();
    if (text === "") continue;
    const value = Number(text);
    const isWhole = kind === "usdPerMonth" || Number.isInteger(value);
    if (!Number.isFinite(value) || value <= 0 || !isWhole) return null;
    read[kind] = value;
  }
  return read;
};

interface LimitFieldsProps {
  readonly texts: LimitTexts;
  readonly onChange: (texts: LimitTexts) => void;
  /** What was used so far, where that is known. */
  readonly used?: Limits;
}

/** What may be used of requests, tokens and money. */
export function LimitFields({ texts, onChange, used = {} }: LimitFieldsProps) {
  const t = useTranslations("settings.limits");
  return (
    <div className="grid gap-3 sm:grid-cols-3">
      {limitKinds.map((kind) => (
        <FormField
          key={kind}
          label={t(`kinds.${kind}`)}
          help={used[kind] === undefined ? t("empty") : t("used", { used: used[kind] })}
        >
          {(control) => (
            <Input
              {...control}
              value={texts[kind]}
              inputMode={kind === "usdPerMonth" ? "decimal" : "numeric"}
              autoComplete="off"
              maxLength={12}
              onChange={(event) => onChange({ ...texts, [kind]: event.target.value })}
            />
          )}
        </FormField>
      ))}
    </div>
  );
}
