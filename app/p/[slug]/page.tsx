import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { NextIntlClientProvider } from "next-intl";
import { getLocale } from "next-intl/server";
import { cache } from "react";
import { PublicPage } from "@/components/public-page/public-page";
import { isLocale } from "@/i18n/locale";
import { loadMessages } from "@/i18n/messages";
import { findPage } from "@/server/domain/page/find-page";
import { accesses, themes } from "@/server/domain/page/page.types";
import { getDatabase } from "@/server/platform/db/database";

interface PublicPageProps {
  readonly params: Promise<{ readonly slug: string }>;
}

const pageOf = cache(async (slug: string) => findPage(await getDatabase(), slug));

export async function generateMetadata({ params }: PublicPageProps): Promise<Metadata> {
  const page = await pageOf((await params).slug);
  const title = page === null ? undefined : page.title || page.deployment.pipeline.name;
  return { title: title === undefined ? undefined : { absolute: title }, robots: { index: false, follow: false } };
}

/** What this page needs of the interface's texts. */
const namespaces = ["public-page", "run", "file", "ui"] as const;

/** The chat or form of a deployment, for whoever its settings let in. What it asks for is told only then. */
export default async function PageOfDeployment({ params }: PublicPageProps) {
  const { slug } = await params;
  const page = await pageOf(slug);
  if (page === null) notFound();
  const locale = isLocale(page.language) ? page.language : await getLocale();
  const all = await loadMessages(isLocale(locale) ? locale : "en", { cached: process.env.NODE_ENV === "production" });
  const messages = Object.fromEntries(namespaces.map((name) => [name, all[name] ?? {}]));
  return (
    <NextIntlClientProvider locale={locale} messages={messages}>
      <PublicPage
        slug={slug}
        title={page.title || page.deployment.pipeline.name}
        welcome={page.welcome}
        accent={page.accent}
        theme={themes.find((theme) => theme === page.theme) ?? "auto"}
        access={accesses.find((access) => access === page.access) ?? "public"}
      />
    </NextIntlClientProvider>
  );
}
