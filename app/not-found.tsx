import Link from "next/link";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Mark } from "@/components/ui/mark";

export default function NotFound() {
  const t = useTranslations("shell");
  return (
    <EmptyState
      className="min-h-dvh"
      icon={<Mark />}
      title={t("notFound.title")}
      description={t("notFound.description")}
      actions={
        <Button asChild>
          <Link href="/">{t("notFound.home")}</Link>
        </Button>
      }
    />
  );
}
