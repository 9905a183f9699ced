import { useTranslations } from "next-intl";
import { CopyButton } from "@/components/ui/copy-button";

/** Shown this once, to be kept where the authenticator is not. */
export function RecoveryCodes({ codes }: { readonly codes: readonly string[] }) {
  const t = useTranslations("settings.twoFactor");
  return (
    <div className="rounded-md border border-line bg-sunken p-3">
      <ul aria-label={t("codes")} className="grid grid-cols-2 gap-x-6 gap-y-1.5 font-mono text-sm">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className="mt-3 flex justify-end border-line border-t pt-2">
        <CopyButton value={codes.join("\n")} label={t("copyCodes")} />
      </div>
    </div>
  );
}
