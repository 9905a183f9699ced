import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { SharedReportPage } from "@/components/evaluation/shared/shared-report-page";
import { readShared } from "@/server/domain/experiment/share-experiment";
import { getDatabase } from "@/server/platform/db/database";

interface SharedPageProps {
  readonly params: Promise<{ readonly token: string }>;
}

const sharedOf = cache(async (token: string) => readShared(await getDatabase(), token));

export async function generateMetadata({ params }: SharedPageProps): Promise<Metadata> {
  const shared = await sharedOf((await params).token);
  // Whoever has the link may read it; nobody should find it.
  return { title: shared?.name, robots: { index: false, follow: false } };
}

export default async function SharedPage({ params }: SharedPageProps) {
  const shared = await sharedOf((await params).token);
  if (shared === null) notFound();
  return <SharedReportPage shared={shared} />;
}
