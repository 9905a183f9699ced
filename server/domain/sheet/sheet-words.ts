import { createTranslator } from "next-intl";
import { loadMessages } from "@/i18n/messages";
import type { Locale } from "@/runtime/node/localized";
import { runErrorCodes } from "@/runtime/run/errors";
import type { SheetWords } from "./sheet-table";

/** Heads of the columns that are added. */
const heads = {
  en: { outcome: "outcome", error: "error", run: "run", answer: (name: string) => `${name} (answer)` },
  zh: { outcome: "结果", error: "错误", run: "运行", answer: (name: string) => `${name}（答案）` },
} as const satisfies Record<Locale, unknown>;

/** The words of a sheet of answers in a language. A failure's own sentence is English; other readers get what it means first. */
export const sheetWords = async (locale: Locale): Promise<SheetWords> => {
  const messages = await loadMessages(locale, { cached: process.env.NODE_ENV === "production" });
  const t = createTranslator({ locale, messages, namespace: "sheets" } as never) as (key: string) => string;
  const titles = createTranslator({ locale, messages, namespace: "run-errors" } as never) as (key: string) => string;
  return {
    ...heads[locale],
    ended: (outcome, reply) => {
      const ended = t(`outcome.${outcome ?? "open"}`);
      return outcome === "success" && reply !== null ? `${ended} (${t(`reply.${reply}`)})` : ended;
    },
    why: (code, message) => {
      if (locale === "en" || code === null) return message;
      const title = runErrorCodes.some((known) => known === code) ? titles(`${code}.title`) : null;
      return title === null ? message : message === null ? title : `${title} (${message})`;
    },
  };
};
