import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { FormField } from "@/components/ui/form-field";
import { Input } from "@/components/ui/input";
import { sendCredentials } from "./send-credentials";

interface SecondFactorProps {
  readonly onDone: () => void;
  readonly onBack: () => void;
}

/** After a right password: the authenticator's code, or one that was noted down. */
export function SecondFactor({ onDone, onBack }: SecondFactorProps) {
  const t = useTranslations("sign-in.secondFactor");
  const signIn = useTranslations("sign-in");
  const [recovery, setRecovery] = useState(false);
  const [state, setState] = useState<"asking" | "sending" | "wrong">("asking");
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = String(new FormData(event.currentTarget).get("code") ?? "").replace(/\s+/g, "");
    setState("sending");
    const { answer } = await sendCredentials(recovery ? { recoveryCode: typed } : { code: typed });
    if (answer === "signed-in") return onDone();
    setState("wrong");
  };
  return (
    <form key={recovery ? "recovery" : "code"} className="flex flex-col gap-4" onSubmit={submit}>
      <FormField
        label={t(recovery ? "recoveryCode" : "code")}
        help={t(recovery ? "recoveryHelp" : "help")}
        error={state === "wrong" ? t("wrong") : undefined}
      >
        {(control) => (
          <Input
            {...control}
            name="code"
            autoFocus
            required
            maxLength={40}
            autoComplete="one-time-code"
            {...(recovery ? {} : { inputMode: "numeric" as const, pattern: "[0-9 ]{6,8}" })}
            className="h-9 font-mono"
          />
        )}
      </FormField>
      <Button type="submit" variant="primary" size="lg" busy={state === "sending"}>
        {signIn("submit")}
      </Button>
      <div className="flex justify-between">
        <Button variant="ghost" size="sm" onClick={onBack}>
          {t("back")}
        </Button>
        <Button
          variant="ghost"
          size="sm"
          onClick={() => {
            setRecovery(!recovery);
            setState("asking");
          }}
        >
          {t(recovery ? "useCode" : "useRecovery")}
        </Button>
      </div>
    </form>
  );
}
