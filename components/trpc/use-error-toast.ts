"use client";

import { useCallback } from "react";
import { toast } from "@/components/ui/toaster";
import { useErrorText } from "@/components/ui/use-error-text";
import { errorFacts } from "./error-facts";

/** Gives the function that tells of a failed action. A session that ended is told by the sign-in page instead. */
export const useErrorToast = () => {
  const say = useErrorText();
  return useCallback(
    (error: unknown) => {
      const facts = errorFacts(error);
      if (facts.code === "UNAUTHORIZED") return;
      const { title, description } = say(facts);
      toast.error(title, { description });
    },
    [say],
  );
};
