import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { DocumentPage } from "@/components/knowledge/document/document-page";
import { PageSkeleton } from "@/components/shell/page-skeleton";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("knowledge.document"))("title") };
}

export default async function KnowledgeDocumentPage({
  params,
}: {
  readonly params: Promise<{ readonly id: string; readonly documentId: string }>;
}) {
  const { id, documentId } = await params;
  return (
    <Suspense fallback={<PageSkeleton />}>
      <DocumentPage key={documentId} baseId={id} id={documentId} />
    </Suspense>
  );
}
