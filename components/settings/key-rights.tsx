import { useTranslations } from "next-intl";
import { useId } from "react";
import { Checkbox } from "@/components/ui/checkbox";

const names = ["mayRun", "mayRead", "mayRate", "mayEvaluate", "mayDecide", "mayReadPrompts", "mayUnmask"] as const;
type Rights = Readonly<Record<(typeof names)[number], boolean>>;

/** What a program that calls a pipeline needs. */
export const usualRights: Rights = {
  mayRun: true,
  mayRead: true,
  mayRate: true,
  mayEvaluate: false,
  mayDecide: false,
  mayReadPrompts: false,
  mayUnmask: false,
};

interface KeyRightsProps {
  readonly rights: Rights;
  readonly onChange: (rights: Rights) => void;
}

/** What a key may do. */
export function KeyRights({ rights, onChange }: KeyRightsProps) {
  const t = useTranslations("settings.apiKeys");
  const id = useId();
  return (
    <fieldset className="flex flex-col gap-2.5">
      <legend className="mb-2 font-medium">{t("rights")}</legend>
      {names.map((name) => (
        <div key={name} className="flex gap-2.5">
          <Checkbox
            id={`${id}-${name}`}
            aria-describedby={`${id}-${name}-help`}
            className="mt-0.5"
            checked={rights[name]}
            onCheckedChange={(checked) => onChange({ ...rights, [name]: checked === true })}
          />
          <div className="min-w-0">
            <label htmlFor={`${id}-${name}`}>{t(name)}</label>
            <p id={`${id}-${name}-help`} className="text-muted text-xs">
              {t(`${name}Help`)}
            </p>
          </div>
        </div>
      ))}
    </fieldset>
  );
}
