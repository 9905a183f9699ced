"use client";

import { Check, Copy } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { Button, type ButtonProps } from "./button";
import { IconButton } from "./icon-button";

export interface CopyButtonProps extends Omit<ButtonProps, "onClick" | "children" | "value"> {
  readonly value: string;
  /** With a label it is a button with words; without, an icon. */
  readonly label?: string;
}

/** Puts `value` on the clipboard and says so for two seconds. */
export function CopyButton({ value, label, ...props }: CopyButtonProps) {
  const t = useTranslations("ui");
  const [state, setState] = useState<"idle" | "copied" | "refused">("idle");
  useEffect(() => {
    if (state === "idle") return;
    const timer = setTimeout(() => setState("idle"), 2000);
    return () => clearTimeout(timer);
  }, [state]);

  const copy = () => {
    navigator.clipboard.writeText(value).then(
      () => setState("copied"),
      () => setState("refused"),
    );
  };
  const icon = state === "copied" ? <Check className="text-ok" /> : <Copy />;
  const words = state === "copied" ? t("copied") : state === "refused" ? t("copyRefused") : (label ?? t("copy"));
  return label === undefined ? (
    <IconButton label={words} onClick={copy} {...props}>
      {icon}
    </IconButton>
  ) : (
    <Button onClick={copy} {...props}>
      {icon}
      <span aria-live="polite">{words}</span>
    </Button>
  );
}
