"use client";

import { useTranslations } from "next-intl";
import { useCallback } from "react";
import { toast } from "@/components/ui/toaster";

/** Ends the session on the server, then shows the sign-in page with nothing of the old session left in memory. */
export const useSignOut = () => {
  const t = useTranslations("shell");
  return useCallback(async () => {
    const answer = await fetch("/api/auth/sign-out", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: "{}",
    }).catch(() => null);
    if (answer?.ok) window.location.assign("/sign-in");
    else toast.error(t("signOutFailed"));
  }, [t]);
};
