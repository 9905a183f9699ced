import type { useTranslations } from "next-intl";
import type { InputFault } from "./run-inputs";

/** What is wrong with a field of the form, in the reader's language. */
export const sayFault = (t: ReturnType<typeof useTranslations<"run">>, { fault, ...params }: InputFault): string =>
  t(`fault.${fault}`, params);
