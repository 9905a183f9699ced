"use client";

import { useRouter } from "next/navigation";
import { useCallback } from "react";
import { isLocale } from "@/i18n/locale";
import { chooseLocale } from "./choose-locale";

/** Switches the language of the page one is on, without losing what is open. */
export const useChooseLocale = () => {
  const router = useRouter();
  return useCallback(
    (locale: string) => {
      if (!isLocale(locale)) return;
      chooseLocale(locale);
      router.refresh();
    },
    [router],
  );
};
