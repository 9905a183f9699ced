import { useTranslations } from "next-intl";
import { useCallback } from "react";
import type { FieldIssue } from "./field-issue";

/** Says what is wrong with a field in words for the person who fills it in. */
export const useIssueText = () => {
  const t = useTranslations("editor.issue");
  return useCallback(
    ({ issue }: FieldIssue): string => {
      switch (issue.code) {
        case "too_small": {
          const minimum = Number(issue.minimum);
          if (issue.origin === "string") return minimum <= 1 ? t("required") : t("tooShort", { minimum });
          if (issue.origin === "array") return t("tooFew", { minimum });
          return t("tooSmall", { minimum });
        }
        case "too_big": {
          const maximum = Number(issue.maximum);
          if (issue.origin === "string") return t("tooLong", { maximum });
          if (issue.origin === "array") return t("tooMany", { maximum });
          return t("tooLarge", { maximum });
        }
        case "invalid_type":
          return issue.input === undefined || issue.input === null ? t("required") : t("wrongType");
        case "invalid_value":
          return t("notAChoice");
        case "not_multiple_of":
          return t("wrongStep");
        default:
          return issue.message;
      }
    },
    [t],
  );
};
