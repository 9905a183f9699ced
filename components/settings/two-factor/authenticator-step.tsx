import { useTranslations } from "next-intl";
import { renderSVG } from "uqr";
import { CopyButton } from "@/components/ui/copy-button";
import { FormField } from "@/components/ui/form-field";
import { Input } from "@/components/ui/input";

interface AuthenticatorStepProps {
  /** `otpauth://totp/…` */
  readonly uri: string;
  readonly error: string | undefined;
}

/** What the authenticator has to know, as a picture and as text, and its first code. */
export function AuthenticatorStep({ uri, error }: AuthenticatorStepProps) {
  const t = useTranslations("settings.twoFactor");
  const secret = new URL(uri).searchParams.get("secret") ?? "";
  const picture = `data:image/svg+xml;utf8,${encodeURIComponent(renderSVG(uri, { border: 2 }))}`;
  return (
    <>
      <div className="flex items-center gap-5">
        {/* biome-ignore lint/performance/noImgElement: a picture that is made here and never fetched. */}
        <img src={picture} alt={t("picture")} className="size-40 shrink-0 rounded-md border border-line bg-white" />
        <div className="min-w-0 flex-1">
          <p className="text-muted text-sm">{t("orType")}</p>
          <p className="mt-1 flex items-center gap-1 rounded-md border border-line bg-sunken py-1 pr-1 pl-2.5">
            <code className="min-w-0 flex-1 break-all font-mono text-xs">{secret.replace(/(.{4})(?=.)/g, "$1 ")}</code>
            <CopyButton value={secret} size="sm" />
          </p>
        </div>
      </div>
      <FormField label={t("code")} error={error}>
        {(control) => (
          <Input
            {...control}
            name="code"
            inputMode="numeric"
            autoComplete="one-time-code"
            pattern="[0-9 ]{6,8}"
            required
            autoFocus
            className="tabular w-40 font-mono"
          />
        )}
      </FormField>
    </>
  );
}
