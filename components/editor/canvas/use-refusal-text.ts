import { useTranslations } from "next-intl";
import type { Refusal } from "../gestures/check-connection";

/** Says why a wire may not end somewhere. */
export const useRefusalText = () => {
  const t = useTranslations("editor.wire");
  return (refusal: Refusal): string => {
    switch (refusal.reason) {
      case "kind":
        return t("refusal.kind", { from: t(`kind.${refusal.from}`), to: t(`kind.${refusal.to}`) });
      case "cycle":
        return t("refusal.cycle");
      case "same-node":
        return t("refusal.sameNode");
      case "same-side":
        return t(refusal.side === "input" ? "refusal.twoInputs" : "refusal.twoOutputs");
      case "port-missing":
        return t("refusal.portMissing");
      default:
        return refusal satisfies never;
    }
  };
};
