"use client";

import { ThemeProvider as Themes } from "next-themes";
import type { ReactNode } from "react";

/** Light, dark or the system's; `nonce` lets its first script through the content security policy. */
export function ThemeProvider({ nonce, children }: { readonly nonce?: string; readonly children: ReactNode }) {
  return (
    <Themes attribute="class" defaultTheme="system" enableSystem disableTransitionOnChange nonce={nonce}>
      {children}
    </Themes>
  );
}
