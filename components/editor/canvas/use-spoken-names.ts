import { useTranslations } from "next-intl";
import { useMemo } from "react";
import type { SpokenNames } from "../store/flow-elements";

/** What a screen reader calls cards and wires, in the language of the interface. */
export const useSpokenNames = (): SpokenNames => {
  const t = useTranslations("editor.spoken");
  return useMemo(
    () => ({
      card: ({ title, type, off }) => {
        const name = title === type ? title : t("card", { title, type });
        return off ? t("off", { name }) : name;
      },
      wire: (ends) => t("wire", ends),
      cardRole: t("cardRole"),
      wireRole: t("wireRole"),
    }),
    [t],
  );
};
