import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { glanceText, shorten } from "@/components/run/value-text";
import { cn } from "@/components/ui/cn";
import type { Json } from "./fields/field-props";

export interface VariantFieldMarkProps {
  /** The form around the setting stays the same while it is typed into, whichever it is. */
  readonly differs: boolean;
  /** What the node itself has there; undefined where it leaves the setting out. */
  readonly own: Json | undefined;
  readonly disabled: boolean;
  readonly onReset: () => void;
  readonly children: ReactNode;
}

/** Around a setting in which a variant differs from its node: says so, says what the node has, and takes that again. */
export function VariantFieldMark({ differs, own, disabled, onReset, children }: VariantFieldMarkProps) {
  const t = useTranslations("editor.variants");
  const text = own === undefined || own === "" ? t("ownEmpty") : glanceText(own).replace(/\s+/gu, " ");
  return (
    <div
      className={cn("-ml-3 min-w-0 border-l-2 pl-2.5", differs ? "border-accent" : "border-transparent")}
      data-testid={differs ? "variant-difference" : undefined}
    >
      {children}
      {differs ? (
        <p className="mt-1 flex items-baseline gap-2 text-xs">
          <span className="min-w-0 flex-1 truncate text-muted" title={shorten(text, 400)}>
            {t("own", { value: shorten(text, 80) })}
          </span>
          <button
            type="button"
            disabled={disabled}
            className="shrink-0 rounded-sm text-accent-text hover:underline disabled:opacity-50"
            onClick={onReset}
          >
            {t("reset")}
          </button>
        </p>
      ) : null}
    </div>
  );
}
